package io.minicloud.controller.ec2.instance;

import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceSpec;
import io.minicloud.api.ec2.InstanceTypeSpec;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machine of an Instance on its host. */
final class MachinePlanner {
    private static final int DEFAULT_HOP_LIMIT = 1;

    private final String region;

    MachinePlanner(String region) {
        this.region = region;
    }

    /**
     * What a machine is made of.
     *
     * @param host where it lives
     * @param inputs what the instance refers to
     * @param eni its primary network interface, with addresses
     * @param primary what it is told of that
     * @param plugged its other network interfaces, in the order of their device index
     * @param others what it is told of those
     * @param volume its root volume, if it has one
     * @param power what of the spec takes effect
     * @param userDataSecret the Secret of the wanted user data, null for none
     * @param before the machine as it is, null when there is none yet
     */
    record Parts(
            String host,
            InstanceInputs inputs,
            NetworkInterface eni,
            InstanceFacts.Interface primary,
            List<NetworkInterface> plugged,
            List<InstanceFacts.Interface> others,
            Optional<Volume> volume,
            PowerPlan power,
            @Nullable String userDataSecret,
            @Nullable HostMachine before) {}

    /** The machine as it should be. */
    HostMachine plan(Instance instance, Parts parts) {
        var id = InstancePlanner.instanceId(instance);
        var size = size(parts);
        var machine = new HostMachine();
        machine.setMetadata(Derived.onHost(instance, Labels.HOST_NAMESPACE_PREFIX + parts.host(), id));
        machine.setSpec(new HostMachineSpec(
                id,
                size.vCpus(),
                size.memoryMiB(),
                "kernel".equals(parts.inputs().image().getSpec().format())
                        ? parts.inputs().image().getStatus().imageId()
                        : null,
                disks(parts),
                interfaces(parts),
                metadata(instance, parts),
                parts.power().state(),
                instance.getMetadata().getGeneration(),
                instance.getSpec().lastRequestedReboot()));
        return machine;
    }

    private static Size size(Parts parts) {
        var before = parts.before();
        if (before != null && !parts.power().resize()) {
            return new Size(before.getSpec().vCpus(), before.getSpec().memoryMiB());
        }
        InstanceTypeSpec type = parts.inputs().type().getSpec();
        return new Size(type.vCpus(), type.memoryMiB());
    }

    private static List<HostMachineSpec.Disk> disks(Parts parts) {
        return parts.volume()
                .map(volume -> List.of(new HostMachineSpec.Disk(
                        AwsId.of("vol", volume.getMetadata().getUid()),
                        parts.inputs().root().orElseThrow().device())))
                .orElse(List.of());
    }

    private static List<HostMachineSpec.Interface> interfaces(Parts parts) {
        return Stream.concat(
                        Stream.of(new HostMachineSpec.Interface(
                                parts.eni().getStatus().networkInterfaceId(), 0)),
                        parts.plugged().stream()
                                .map(eni -> new HostMachineSpec.Interface(
                                        eni.getStatus().networkInterfaceId(),
                                        eni.getSpec().attachment().deviceIndex())))
                .toList();
    }

    private HostMachineSpec.Metadata metadata(Instance instance, Parts parts) {
        var options = Optional.ofNullable(instance.getSpec().metadataOptions());
        var before = parts.before();
        return new HostMachineSpec.Metadata(
                !"disabled"
                        .equals(options.map(InstanceSpec.MetadataOptions::httpEndpoint)
                                .orElse("enabled")),
                options.map(InstanceSpec.MetadataOptions::httpPutResponseHopLimit)
                        .orElse(DEFAULT_HOP_LIMIT),
                MetadataCompiler.compile(facts(instance, parts)),
                before == null || parts.power().newUserData()
                        ? parts.userDataSecret()
                        : PowerPlan.userDataSecret(before));
    }

    private InstanceFacts facts(Instance instance, Parts parts) {
        var inputs = parts.inputs();
        var before = parts.before();
        var type = before == null || parts.power().resize()
                ? instance.getSpec().instanceType()
                : PowerPlan.type(before).orElse(instance.getSpec().instanceType());
        return new InstanceFacts(
                InstancePlanner.instanceId(instance),
                type,
                inputs.image().getStatus().imageId(),
                instance.getMetadata().getCreationTimestamp(),
                inputs.accountId(),
                region,
                inputs.subnet().getSpec().availabilityZone(),
                inputs.root().map(RootVolume::shortDevice).orElse(""),
                parts.primary(),
                parts.others());
    }

    private record Size(int vCpus, int memoryMiB) {}
}
