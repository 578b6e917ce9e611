package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupSpec;
import io.minicloud.api.elbv2.TargetGroupStatus.Target;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.ipam.Ipv4;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which targets of a group may be. One that may not does not stop the others. AWS also takes private addresses outside the VPC, which are
 * reached over peering or from one's own rooms; here nothing leads there, so an address must be in a subnet of the VPC. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html">RegisterTargets</a>
 */
final class TargetRules {
    private static final String RUNNING = "running";
    private static final String SHUTTING_DOWN = "shutting-down";

    private final String vpcId;
    private final Function<LocalRef, Optional<Instance>> instances;
    private final Collection<Subnet> subnets;

    /**
     * The rules in a VPC.
     *
     * @param vpcId its AWS id
     * @param instances those of the account
     * @param subnets its subnets
     */
    TargetRules(String vpcId, Function<LocalRef, Optional<Instance>> instances, Collection<Subnet> subnets) {
        this.vpcId = vpcId;
        this.instances = instances;
        this.subnets = subnets;
    }

    /**
     * The targets of a group.
     *
     * @param room how many there may be
     */
    Registration judge(TargetGroup group, int room) {
        var targets = new LinkedHashMap<String, Registered>();
        var problem = Optional.<Progress>empty();
        for (var wanted : targets(group)) {
            var port = Objects.requireNonNullElse(wanted.port(), group.getSpec().port());
            var wrong = wrong(wanted);
            if (wrong.isPresent()) {
                problem = problem.or(() -> wrong);
            } else {
                registered(wanted, port).ifPresent(target -> targets.putIfAbsent(target.key(), target));
            }
        }
        return within(room, List.copyOf(targets.values()), problem);
    }

    private static Registration within(int room, List<Registered> targets, Optional<Progress> problem) {
        return targets.size() <= room
                ? new Registration(targets, problem)
                : new Registration(
                        targets.subList(0, room),
                        Optional.of(Progress.pending(
                                LoadBalancingReason.TooManyTargets,
                                "the load balancer has room for %d of %d targets: take out others, or an administrator raises quotas.targetsPerLoadBalancer"
                                        .formatted(room, targets.size()))));
    }

    private Optional<Progress> wrong(TargetGroupSpec.Target wanted) {
        return wanted.instanceRef() == null ? wrong(wanted.id()) : wrong(wanted.instanceRef());
    }

    private Optional<Progress> wrong(String address) {
        return subnet(address).isPresent()
                ? Optional.empty()
                : invalid("address " + address + " is in no subnet of the VPC: take one that is");
    }

    private Optional<Progress> wrong(LocalRef ref) {
        var what = "Instance " + ref.name();
        var found = instances.apply(ref);
        if (found.isEmpty()) {
            return invalid(what + " does not exist in this namespace: make it, or take it out of targets");
        }
        return status(found.get())
                        .map(InstanceStatus::vpcId)
                        .filter(other -> !other.equals(vpcId))
                        .isPresent()
                ? invalid(what + " is in another VPC: take an instance of this one")
                : Optional.empty();
    }

    /** An instance that goes is no target any more; AWS takes it out too. */
    private Optional<Registered> registered(TargetGroupSpec.Target wanted, int port) {
        return wanted.instanceRef() == null
                ? subnet(wanted.id())
                        .map(subnet -> new Registered(
                                new Target(wanted.id(), port, subnet.getSpec().availabilityZone()), wanted.id(), null))
                : instances
                        .apply(wanted.instanceRef())
                        .filter(instance -> !instance.isMarkedForDeletion())
                        .filter(instance -> !SHUTTING_DOWN.equals(state(instance)))
                        .map(instance -> registered(instance, port));
    }

    private static Registered registered(Instance instance, int port) {
        var status = status(instance);
        var target = new Target(
                AwsId.of("i", instance.getMetadata().getUid()),
                port,
                status.map(InstanceStatus::placement)
                        .map(InstanceStatus.Placement::availabilityZone)
                        .orElse(null));
        var address = status.map(InstanceStatus::privateIpAddress)
                .filter(found -> target.availabilityZone() != null)
                .filter(found -> RUNNING.equals(state(instance)))
                .orElse(null);
        return new Registered(target, address, address == null ? state(instance) : null);
    }

    private static String state(Instance instance) {
        return status(instance).map(InstanceStatus::state).orElse("pending");
    }

    private Optional<Subnet> subnet(String address) {
        return subnets.stream()
                .filter(subnet -> Ipv4Range.parse(subnet.getSpec().cidrBlock()).contains(Ipv4.parse(address)))
                .findFirst();
    }

    private static Optional<InstanceStatus> status(Instance instance) {
        return Optional.ofNullable(instance.getStatus());
    }

    private static List<TargetGroupSpec.Target> targets(TargetGroup group) {
        return Stream.ofNullable(group.getSpec().targets())
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<Progress> invalid(String message) {
        return Optional.of(Progress.pending(LoadBalancingReason.InvalidTarget, message));
    }
}
