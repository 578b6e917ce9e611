package io.minicloud.controller.ec2.vpc;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.NetworkAclSpec;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.resolver.References;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * What a VPC makes for itself, under its own name with -default: a security group and a network ACL. Their rules are the
 * user's alone. Pure.
 *
 * @param <R> the kind
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html">Default security groups</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html">Default network ACL</a>
 */
final class DefaultChild<R extends CustomResource<?, ?>> {
    static final DefaultChild<SecurityGroup> GROUP = new DefaultChild<>(DefaultChild::isMeant, DefaultChild::group);
    static final DefaultChild<NetworkAcl> ACL = new DefaultChild<>(DefaultChild::isMeant, DefaultChild::acl);

    private final BiPredicate<Vpc, R> meant;
    private final BiFunction<Vpc, Optional<R>, R> desired;

    private DefaultChild(BiPredicate<Vpc, R> meant, BiFunction<Vpc, Optional<R>, R> desired) {
        this.meant = meant;
        this.desired = desired;
    }

    static String name(Vpc vpc) {
        return References.defaultOf(vpc.getMetadata().getName());
    }

    /** Whether what has the name is somebody else's. One that a person wrote as the default of this VPC is not. */
    boolean isForeign(Vpc vpc, Optional<R> present) {
        return present.filter(child -> !isOwned(vpc, child) && !canBeTaken(vpc, child))
                .isPresent();
    }

    /** What is to be written; nothing when the name is somebody else's. */
    Changes<R> plan(Vpc vpc, Optional<R> present) {
        var there = present.filter(child -> isOwned(vpc, child)).isPresent() || isForeign(vpc, present);
        return new Changes<>(there ? List.of() : List.of(desired.apply(vpc, present)), List.of());
    }

    private boolean canBeTaken(Vpc vpc, R child) {
        return child.getMetadata().getOwnerReferences().isEmpty() && meant.test(vpc, child);
    }

    /** Whether the VPC made it or took it over. */
    static boolean isOwned(Vpc vpc, CustomResource<?, ?> child) {
        return child.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(vpc.getMetadata().getUid()));
    }

    private static boolean isMeant(Vpc vpc, SecurityGroup group) {
        return Boolean.TRUE.equals(group.getSpec().isDefault())
                && group.getSpec().vpcRef().equals(ref(vpc));
    }

    private static boolean isMeant(Vpc vpc, NetworkAcl acl) {
        return Boolean.TRUE.equals(acl.getSpec().isDefault())
                && acl.getSpec().vpcRef().equals(ref(vpc));
    }

    private static SecurityGroup group(Vpc vpc, Optional<SecurityGroup> present) {
        var written = present.map(SecurityGroup::getSpec);
        var group = new SecurityGroup();
        group.setMetadata(metadata(vpc, name(vpc)));
        group.setSpec(new SecurityGroupSpec(
                ref(vpc),
                written.isPresent() ? written.get().groupName() : "default",
                written.map(SecurityGroupSpec::description).orElse("default VPC security group"),
                true,
                null,
                null,
                null));
        return group;
    }

    private static NetworkAcl acl(Vpc vpc, Optional<NetworkAcl> present) {
        var acl = new NetworkAcl();
        acl.setMetadata(metadata(vpc, name(vpc)));
        acl.setSpec(new NetworkAclSpec(ref(vpc), true, null, null, null, null));
        return acl;
    }

    private static LocalRef ref(Vpc vpc) {
        return new LocalRef(vpc.getMetadata().getName());
    }

    /** The metadata of what a VPC makes. */
    static ObjectMeta metadata(Vpc vpc, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(vpc.getMetadata().getNamespace())
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .addNewOwnerReference()
                .withApiVersion(vpc.getApiVersion())
                .withKind(vpc.getKind())
                .withName(vpc.getMetadata().getName())
                .withUid(vpc.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .build();
    }
}
