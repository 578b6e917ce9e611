package io.minicloud.controller.ec2.subnet;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a subnet fits into its VPC, beside its siblings, in its zone. Pure. */
final class SubnetRules {
    private SubnetRules() {}

    /**
     * Judges a subnet.
     *
     * @param subnet the subnet
     * @param vpc its VPC
     * @param siblings the subnets of the VPC, itself included or not
     * @param zones the zones that hosts serve
     */
    static Resolution<Vpc> judge(Subnet subnet, Vpc vpc, Collection<Subnet> siblings, Set<String> zones) {
        var open = Seniority.holds(subnet) ? VpcRanges.inForce(vpc) : VpcRanges.open(vpc);
        if (!VpcRanges.hold(open, range(subnet))) {
            return new Resolution.Waiting<>(
                    SubnetReason.InvalidSubnetRange,
                    subnet.getSpec().cidrBlock() + " is not inside " + String.join(", ", open) + " of Vpc "
                            + vpc.getMetadata().getName());
        }
        var winner = conflict(subnet, vpc, siblings);
        if (winner.isPresent()) {
            return new Resolution.Waiting<>(
                    SubnetReason.InvalidSubnetConflict,
                    subnet.getSpec().cidrBlock() + " overlaps "
                            + winner.get().getSpec().cidrBlock() + " of Subnet "
                            + winner.get().getMetadata().getName());
        }
        if (!zones.contains(subnet.getSpec().availabilityZone())) {
            return new Resolution.Waiting<>(
                    SubnetReason.InvalidZone,
                    "no host serves " + subnet.getSpec().availabilityZone() + "; served: "
                            + String.join(", ", zones.stream().sorted().toList()));
        }
        return new Resolution.Resolved<>(vpc);
    }

    /** Those of a VPC's subnets, itself left out, that want an address that this one wants too. */
    static Stream<Subnet> overlapping(Subnet subnet, Collection<Subnet> siblings) {
        var own = range(subnet);
        var name = subnet.getMetadata().getName();
        return siblings.stream()
                .filter(other -> own.overlaps(range(other)))
                .filter(other -> !name.equals(other.getMetadata().getName()));
    }

    /** Ranges are given out in order of seniority, so one that was refused itself stands in nobody's way. */
    private static Optional<Subnet> conflict(Subnet subnet, Vpc vpc, Collection<Subnet> siblings) {
        var given = new ArrayList<Subnet>();
        around(subnet, vpc, siblings)
                .filter(other -> Seniority.<Subnet>order().compare(other, subnet) < 0)
                .sorted(Seniority.order())
                .filter(other -> overlapping(other, given).findAny().isEmpty())
                .forEachOrdered(given::add);
        return overlapping(subnet, given).findFirst();
    }

    /**
     * Of two ranges one holds the other or they have nothing in common. So what is not in the widest range around this one
     * has no part in who gets it, and a VPC of a thousand subnets is judged without comparing each with each.
     */
    private static Stream<Subnet> around(Subnet subnet, Vpc vpc, Collection<Subnet> siblings) {
        var own = range(subnet);
        var widest = siblings.stream()
                .filter(other -> fits(other, vpc))
                .map(SubnetRules::range)
                .filter(range -> range.contains(own))
                .min(Comparator.comparing(Ipv4Range::prefix))
                .orElse(own);
        return siblings.stream().filter(other -> widest.contains(range(other)));
    }

    private static boolean fits(Subnet subnet, Vpc vpc) {
        return VpcRanges.hold(VpcRanges.inForce(vpc), range(subnet));
    }

    private static Ipv4Range range(Subnet subnet) {
        return Ipv4Range.parse(subnet.getSpec().cidrBlock());
    }
}
