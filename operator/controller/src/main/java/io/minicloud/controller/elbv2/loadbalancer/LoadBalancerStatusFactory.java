package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.Address;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.api.host.HostApplianceStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.reconcile.condition.ConditionType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The status of a LoadBalancer. */
final class LoadBalancerStatusFactory {
    private static final LoadBalancerStatus NOTHING =
            new LoadBalancerStatus(null, null, null, null, null, null, null, null);

    /** Whether access logs come into their bucket; said of those that have some. */
    private static final String ACCESS_LOGS = "AccessLogs";

    private static final String PROVISIONING = "provisioning";
    /** The state of a node that serves. */
    static final String ACTIVE = "active";

    private static final String IMPAIRED = "impaired";
    /** The state of a node whose subnet was taken out. */
    static final String DELETING = "deleting";

    private static final String ACTIVE_IMPAIRED = "active_impaired";

    private final String region;
    private final Clock clock;

    LoadBalancerStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /**
     * What it has it keeps.
     *
     * @param nodes the nodes that it has
     */
    LoadBalancerStatus refused(LoadBalancer balancer, Enum<?> reason, String message, List<NodeView> nodes) {
        var conditions = Verdict.refuse(Verdict.conditions(balancer, clock), reason, message)
                .build();
        var before = before(balancer);
        return status(balancer, conditions, before.loadBalancerArn(), before.vpcId(), nodes);
    }

    LoadBalancerStatus deleting(LoadBalancer balancer, Progress waiting) {
        var before = before(balancer);
        return new LoadBalancerStatus(
                Verdict.deleting(Verdict.conditions(balancer, clock), LoadBalancerReason.Accepted, waiting)
                        .build(),
                balancer.getMetadata().getGeneration(),
                before.loadBalancerArn(),
                before.dnsName(),
                before.state(),
                before.vpcId(),
                LoadBalancers.nodes(balancer).stream()
                        .map(node -> new AvailabilityZone(
                                node.zoneName(), node.subnetId(), node.host(), DELETING, node.loadBalancerAddresses()))
                        .toList(),
                before.realizedAs());
    }

    /** The status of one whose references lead to what they should. */
    LoadBalancerStatus of(
            LoadBalancer balancer, LoadBalancerInputs inputs, List<NodeView> nodes, Optional<Progress> logs) {
        var ready = progress(nodes.stream().filter(node -> !node.leaving() && !node.serving()));
        var conditions = Verdict.accept(
                Verdict.conditions(balancer, clock), LoadBalancerReason.Accepted, progress(nodes.stream()));
        Verdict.say(conditions, ConditionType.READY, ready);
        logs.ifPresent(said -> Verdict.say(conditions, ACCESS_LOGS, said));
        return status(
                balancer,
                conditions.build(),
                LoadBalancers.arn(balancer, region, inputs.account()),
                inputs.vpcId(),
                nodes);
    }

    private LoadBalancerStatus status(
            LoadBalancer balancer, List<Condition> conditions, String arn, String vpcId, List<NodeView> nodes) {
        var zones = nodes.stream().map(node -> zone(balancer, node)).toList();
        return new LoadBalancerStatus(
                conditions,
                balancer.getMetadata().getGeneration(),
                arn,
                LoadBalancers.dnsName(balancer, region),
                state(balancer, zones),
                vpcId,
                zones,
                realizedAs(balancer, vpcId, nodes));
    }

    /** The first that is not there yet; done when all are. */
    private static Progress progress(Stream<NodeView> nodes) {
        return nodes.filter(node -> !node.progress().done())
                .findFirst()
                .map(node -> Progress.pending(
                        node.progress().reason(),
                        "node in " + node.place().zone() + ": "
                                + node.progress().message()))
                .orElseGet(() -> Progress.done(LoadBalancerReason.Programmed, ""));
    }

    /** As long as one node serves, or one has, it is impaired at worst. */
    private static String state(LoadBalancer balancer, List<AvailabilityZone> zones) {
        var staying = zones.stream()
                .map(AvailabilityZone::state)
                .filter(state -> !state.equals(DELETING))
                .toList();
        if (!staying.isEmpty() && staying.stream().allMatch(ACTIVE::equals)) {
            return ACTIVE;
        }
        var before = before(balancer).state();
        var served = before != null && !before.equals(PROVISIONING);
        return served || staying.contains(ACTIVE) ? ACTIVE_IMPAIRED : PROVISIONING;
    }

    private static AvailabilityZone zone(LoadBalancer balancer, NodeView node) {
        var place = node.place();
        var before = LoadBalancers.node(balancer, place.subnetId());
        return new AvailabilityZone(
                place.zone(),
                place.subnetId(),
                place.host(),
                state(node, before),
                node.eni() == null
                        ? before.map(AvailabilityZone::loadBalancerAddresses).orElse(List.of())
                        : List.of(address(node.eni())));
    }

    private static String state(NodeView node, Optional<AvailabilityZone> before) {
        if (node.leaving()) {
            return DELETING;
        }
        if (node.serving()) {
            return ACTIVE;
        }
        return before.map(AvailabilityZone::state)
                        .filter(state -> state.equals(ACTIVE) || state.equals(IMPAIRED))
                        .isPresent()
                ? IMPAIRED
                : PROVISIONING;
    }

    private static Address address(NetworkInterface eni) {
        var association = Optional.ofNullable(eni.getStatus().association());
        return new Address(
                association.map(Association::publicIp).orElse(null),
                association.map(Association::allocationId).orElse(null),
                eni.getStatus().privateIpAddress());
    }

    private List<String> realizedAs(LoadBalancer balancer, String vpcId, List<NodeView> nodes) {
        var made = nodes.stream()
                .filter(node -> realizedAs(node).isPresent())
                .map(node -> node.place().host())
                .distinct()
                .map(host -> RealizedAs.loadBalancerName(LoadBalancers.dnsName(balancer, region), vpcId, host));
        return Stream.concat(nodes.stream().flatMap(node -> realizedAs(node).stream()), made)
                .toList();
    }

    private static Optional<String> realizedAs(NodeView node) {
        return Optional.ofNullable(node.appliance())
                .flatMap(appliance -> Optional.ofNullable(appliance.getStatus()))
                .map(HostApplianceStatus::networkNamespace)
                .map(network ->
                        RealizedAs.loadBalancerNode(network, node.place().host()));
    }

    private static LoadBalancerStatus before(LoadBalancer balancer) {
        return balancer.getStatus() == null ? NOTHING : balancer.getStatus();
    }
}
