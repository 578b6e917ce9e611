package io.minicloud.controller.ec2.securitygroup;

import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Whether a group may be called what it is called. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html">CreateSecurityGroup</a>
 */
final class GroupNames {
    private static final String RESERVED = "default";

    private GroupNames() {}

    /**
     * Judges a group's names.
     *
     * @param siblings the groups of its VPC, itself included or not
     */
    static Resolution<SecurityGroup> judge(SecurityGroup group, Collection<SecurityGroup> siblings) {
        var vpc = group.getSpec().vpcRef().name();
        var name = group.getMetadata().getName();
        if (Boolean.TRUE.equals(group.getSpec().isDefault())) {
            return name.equals(References.defaultOf(vpc))
                    ? new Resolution.Resolved<>(group)
                    : new Resolution.Invalid<>(
                            SecurityGroupReason.NotTheDefaultGroup,
                            "the default group of Vpc %s is SecurityGroup %s: write its rules there, or leave out isDefault"
                                    .formatted(vpc, References.defaultOf(vpc)));
        }
        if (RESERVED.equals(References.groupName(group))) {
            return new Resolution.Invalid<>(
                    SecurityGroupReason.InvalidGroupReserved,
                    "groupName default is that of the VPC's own group (InvalidGroup.Reserved): make the group anew with another");
        }
        return namesakes(group, siblings)
                .filter(other -> Seniority.<SecurityGroup>order().compare(other, group) < 0)
                .findFirst()
                .<Resolution<SecurityGroup>>map(other -> new Resolution.Waiting<>(
                        SecurityGroupReason.InvalidGroupDuplicate,
                        "SecurityGroup %s of Vpc %s has the groupName %s already (InvalidGroup.Duplicate)"
                                .formatted(other.getMetadata().getName(), vpc, References.groupName(group))))
                .orElseGet(() -> new Resolution.Resolved<>(group));
    }

    /** Those of a VPC's groups, itself left out, that are called the same in AWS. */
    static Stream<SecurityGroup> namesakes(SecurityGroup group, Collection<SecurityGroup> siblings) {
        return siblings.stream()
                .filter(other -> References.groupName(other).equals(References.groupName(group)))
                .filter(other -> !other.getMetadata()
                        .getName()
                        .equals(group.getMetadata().getName()));
    }
}
