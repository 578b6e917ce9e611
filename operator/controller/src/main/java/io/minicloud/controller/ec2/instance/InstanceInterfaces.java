package io.minicloud.controller.ec2.instance;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The network interfaces of an instance, as the caches of its reconciler know them. */
final class InstanceInterfaces {
    private final Instance instance;
    private final Context<Instance> context;
    private final String namespace;

    InstanceInterfaces(Instance instance, Context<Instance> context) {
        this.instance = instance;
        this.context = context;
        this.namespace = instance.getMetadata().getNamespace();
    }

    /** The one that is made with it. */
    Optional<NetworkInterface> primary() {
        return Cached.of(context, NetworkInterface.class)
                .find(namespace, InstancePlanner.interfaceName(instance))
                .filter(eni -> Derived.isChild(eni, instance));
    }

    /** Those whose status says that they are attached to it, or are about to be, or to leave. */
    List<NetworkInterface> bound() {
        return Cached.of(context, NetworkInterface.class).by(Attachments.ATTACHED, Attachments.instanceId(instance));
    }

    /**
     * Those that go with it when it is terminated. Its machine may be gone for long before anybody asks, and they say
     * by then that they are detached.
     */
    List<NetworkInterface> deletedWith() {
        return AttachedInterfaces.deletedWith(
                        instance,
                        Cached.of(context, NetworkInterface.class)
                                .by(Attachments.RECORDED, Attachments.instanceId(instance)))
                .toList();
    }

    /** Those besides the primary one that its machine is to have. */
    List<NetworkInterface> plugged(String host, @Nullable HostMachine before) {
        return AttachedInterfaces.plugged(instance, bound(), host, before);
    }

    /** What the metadata service tells of an interface. */
    InstanceFacts.Interface facts(NetworkInterface eni, Subnet subnet, Vpc vpc) {
        var status = eni.getStatus();
        return new InstanceFacts.Interface(
                eni.getSpec().attachment().deviceIndex(),
                status.networkInterfaceId(),
                status.macAddress(),
                InterfaceAddresses.of(eni),
                Objects.requireNonNullElse(status.privateDnsName(), ""),
                AwsId.of("subnet", subnet.getMetadata().getUid()),
                subnet.getSpec().cidrBlock(),
                AwsId.of("vpc", vpc.getMetadata().getUid()),
                VpcRanges.inForce(vpc),
                Objects.requireNonNullElse(status.securityGroupIds(), List.of()),
                groupNames(eni));
    }

    /** The same of those besides the primary one; all are in one VPC. */
    List<InstanceFacts.Interface> facts(List<NetworkInterface> plugged, Vpc vpc) {
        return plugged.stream()
                .flatMap(eni -> Cached.of(context, Subnet.class)
                        .find(namespace, eni.getSpec().subnetRef().name())
                        .map(subnet -> facts(eni, subnet, vpc))
                        .stream())
                .toList();
    }

    private List<String> groupNames(NetworkInterface eni) {
        Map<String, String> names = Cached.of(context, SecurityGroup.class)
                .all()
                .filter(group -> group.getMetadata().getNamespace().equals(namespace))
                .collect(Collectors.toMap(
                        group -> AwsId.of("sg", group.getMetadata().getUid()), References::groupName));
        return Objects.requireNonNullElse(eni.getStatus().securityGroupIds(), List.<String>of()).stream()
                .map(id -> names.getOrDefault(id, id))
                .toList();
    }
}
