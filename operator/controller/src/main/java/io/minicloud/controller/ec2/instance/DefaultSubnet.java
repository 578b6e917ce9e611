package io.minicloud.controller.ec2.instance;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The subnet of an instance that names none: one of those that the account's default VPC made for itself, in the first zone with
 * room. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/work-with-default-vpc.html">Work with your default VPC</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">Error codes</a>
 */
final class DefaultSubnet {
    private DefaultSubnet() {}

    /**
     * Chooses it.
     *
     * @param vpcs the VPCs of the account
     * @param subnets its subnets
     * @param zone where the instance was placed already; empty: nowhere yet
     * @param hasRoom whether a host of a zone has room for it
     */
    static Resolution<Subnet> choose(
            Collection<Vpc> vpcs, Collection<Subnet> subnets, Optional<String> zone, Predicate<String> hasRoom) {
        return vpcs.stream()
                .filter(vpc -> Boolean.TRUE.equals(vpc.getSpec().isDefault()))
                .filter(vpc -> !vpc.isMarkedForDeletion() && Conditions.isTrue(vpc, ConditionType.ACCEPTED))
                .min(Seniority.order())
                .map(vpc -> of(vpc, subnets, zone, hasRoom))
                .orElseGet(() -> new Resolution.Waiting<>(
                        InstanceReason.VPCIdNotSpecified,
                        "No default VPC for this user: make a Vpc with isDefault, or a new instance with a subnetRef"));
    }

    private static Resolution<Subnet> of(
            Vpc vpc, Collection<Subnet> subnets, Optional<String> zone, Predicate<String> hasRoom) {
        var usable = subnets.stream()
                .filter(subnet -> Derived.isChild(subnet, vpc))
                .filter(subnet -> !subnet.isMarkedForDeletion() && Conditions.isTrue(subnet, ConditionType.ACCEPTED))
                .filter(subnet ->
                        zone.filter(placed -> !placed.equals(zoneOf(subnet))).isEmpty())
                .sorted(Comparator.comparing(DefaultSubnet::zoneOf))
                .toList();
        return usable.stream()
                .filter(subnet -> zone.isPresent() || hasRoom.test(zoneOf(subnet)))
                .findFirst()
                .or(() -> usable.stream().findFirst())
                .<Resolution<Subnet>>map(Resolution.Resolved::new)
                .orElseGet(() -> new Resolution.Waiting<>(
                        InstanceReason.MissingInput,
                        "No subnets found for the default VPC '%s'%s. Please specify a subnet: make a new instance with a subnetRef"
                                .formatted(
                                        AwsId.of("vpc", vpc.getMetadata().getUid()),
                                        zone.map(placed -> " in " + placed).orElse(""))));
    }

    private static String zoneOf(Subnet subnet) {
        return subnet.getSpec().availabilityZone();
    }
}
