package io.minicloud.controller.ec2.vpc;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Labels;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.change.Changes;
import java.util.List;
import java.util.Optional;

/**
 * The default security group of a VPC. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html">Default security groups</a>
 */
final class DefaultGroupPlanner {
    private DefaultGroupPlanner() {}

    static String name(Vpc vpc) {
        return vpc.getMetadata().getName() + "-default";
    }

    /** Whether the group under the name of the default group is somebody else's. */
    static boolean isForeign(Vpc vpc, Optional<SecurityGroup> present) {
        return present.filter(group -> !owned(vpc, group)).isPresent();
    }

    /** What is to be written; nothing when the name is somebody else's. */
    static Changes<SecurityGroup> plan(Vpc vpc, Optional<SecurityGroup> present) {
        return isForeign(vpc, present)
                ? new Changes<>(List.of(), List.of())
                : Changes.between(List.of(desired(vpc)), present.stream().toList());
    }

    private static SecurityGroup desired(Vpc vpc) {
        var group = new SecurityGroup();
        group.setMetadata(new ObjectMetaBuilder()
                .withNamespace(vpc.getMetadata().getNamespace())
                .withName(name(vpc))
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .addNewOwnerReference()
                .withApiVersion(vpc.getApiVersion())
                .withKind(vpc.getKind())
                .withName(vpc.getMetadata().getName())
                .withUid(vpc.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .build());
        group.setSpec(new SecurityGroupSpec(
                new LocalRef(vpc.getMetadata().getName()), "default", "default VPC security group", true));
        return group;
    }

    private static boolean owned(Vpc vpc, SecurityGroup group) {
        return group.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(vpc.getMetadata().getUid()));
    }
}
