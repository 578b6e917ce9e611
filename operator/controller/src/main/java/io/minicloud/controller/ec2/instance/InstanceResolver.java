package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.placement.Room;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;

/** Follows the references of an Instance; the first that leads nowhere is the answer. */
final class InstanceResolver {
    private final Context<Instance> context;
    private final Instance instance;
    private final InstancePlacement placement;
    private final String namespace;

    InstanceResolver(Instance instance, Context<Instance> context, InstancePlacement placement) {
        this.instance = instance;
        this.context = context;
        this.placement = placement;
        this.namespace = instance.getMetadata().getNamespace();
    }

    /** The account of the namespace. */
    Resolution<String> account() {
        return References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
    }

    /** Everything, in the order in which a person would mend it. */
    Resolution<InstanceInputs> resolve() {
        return account().then(account -> image().then(image -> type().then(type -> subnet(image, type)
                .then(subnet -> vpc(subnet).then(vpc -> groups().then(groups -> RootVolume.of(
                                instance.getSpec(), image.getSpec().format(), image.getStatus())
                        .then(root -> new Resolution.Resolved<>(
                                new InstanceInputs(account, image, type, subnet, vpc, root)))))))));
    }

    private Resolution<Image> image() {
        var name = instance.getSpec().imageRef().name();
        var found = Cached.of(context, Image.class).find(namespace, name);
        if (found.isEmpty()) {
            return new Resolution.Waiting<>(
                    InstanceReason.ImageNotFound, "Image " + name + " does not exist in this namespace");
        }
        var status = found.get().getStatus();
        var state = status == null ? null : status.state();
        if ("available".equals(state)) {
            return new Resolution.Resolved<>(found.get());
        }
        return "failed".equals(state)
                ? new Resolution.Waiting<>(InstanceReason.ImageFailed, "Image " + name + " has failed; see its status")
                : new Resolution.Waiting<>(InstanceReason.ImagePending, "Image " + name + " is not checked yet");
    }

    private Resolution<InstanceType> type() {
        var name = instance.getSpec().instanceType();
        return Cached.of(context, InstanceType.class)
                .all()
                .filter(type -> type.getMetadata().getName().equals(name))
                .findFirst()
                .<Resolution<InstanceType>>map(Resolution.Resolved::new)
                .orElseGet(() -> new Resolution.Waiting<>(
                        InstanceReason.InstanceTypeNotFound,
                        "InstanceType " + name + " does not exist; see kubectl get instancetypes"));
    }

    /** The one that is named; else that in which its network interface is, which was chosen once. */
    private Resolution<Subnet> subnet(Image image, InstanceType type) {
        return Optional.ofNullable(instance.getSpec().subnetRef())
                .or(() -> Cached.of(context, NetworkInterface.class)
                        .find(namespace, InstancePlanner.interfaceName(instance))
                        .filter(eni -> Derived.isChild(eni, instance))
                        .map(eni -> eni.getSpec().subnetRef()))
                .map(LocalRef::name)
                .map(name ->
                        References.subnet(name, Cached.of(context, Subnet.class).find(namespace, name), placed()))
                .orElseGet(() -> DefaultSubnet.choose(
                        inNamespace(Vpc.class),
                        inNamespace(Subnet.class),
                        Optional.ofNullable(instance.getStatus())
                                .map(InstanceStatus::placement)
                                .map(InstanceStatus.Placement::availabilityZone),
                        zone -> placement.hasRoom(instance, zone, room(image, type), context)));
    }

    /** What it takes, its disk included; a root volume that is refused is refused by the pass. */
    private Room room(Image image, InstanceType type) {
        var root = RootVolume.of(instance.getSpec(), image.getSpec().format(), image.getStatus());
        return InstancePlanner.room(
                type.getSpec(),
                root instanceof Resolution.Resolved<Optional<RootVolume>>(Optional<RootVolume> volume)
                        ? volume.map(RootVolume::sizeGiB).orElse(0)
                        : 0);
    }

    private <R extends HasMetadata> List<R> inNamespace(Class<R> type) {
        return Cached.of(context, type)
                .all()
                .filter(found -> found.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    private Resolution<Vpc> vpc(Subnet subnet) {
        var name = subnet.getSpec().vpcRef().name();
        return References.vpc(name, Cached.of(context, Vpc.class).find(namespace, name), placed());
    }

    private Resolution<List<LocalRef>> groups() {
        var refs = Optional.ofNullable(instance.getSpec().securityGroupRefs()).orElse(List.of());
        var groups = Cached.of(context, SecurityGroup.class);
        return refs.stream()
                .filter(ref -> groups.find(namespace, ref.name()).isEmpty())
                .findFirst()
                .<Resolution<List<LocalRef>>>map(missing -> new Resolution.Waiting<>(
                        InstanceReason.SecurityGroupNotFound,
                        "SecurityGroup " + missing.name() + " does not exist in this namespace"))
                .orElseGet(() -> new Resolution.Resolved<>(refs));
    }

    private boolean placed() {
        return InstancePlanner.host(instance).isPresent();
    }
}
