package io.minicloud.controller.ec2.vpc;

import io.minicloud.controller.ipam.Ipv4Range;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which ranges can be associated with which. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions">IPv4 CIDR
 *     block association restrictions</a>
 */
final class CidrRestrictions {
    private static final List<Ipv4Range> PRIVATE = Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
            .map(Ipv4Range::parse)
            .toList();
    private static final Ipv4Range LOW_TENS = Ipv4Range.parse("10.0.0.0/15");
    private static final Ipv4Range FIRST_TEN = Ipv4Range.parse("10.0.0.0/16");
    private static final Ipv4Range MIDDLE = PRIVATE.get(1);
    private static final Ipv4Range DEFAULT_VPC = Ipv4Range.parse("172.31.0.0/16");
    private static final Ipv4Range SERVICES = Ipv4Range.parse("198.19.0.0/16");

    private CidrRestrictions() {}

    /**
     * Why a range cannot be associated.
     *
     * @param range a range
     * @param primary the primary one of the VPC
     * @param associated those that the VPC has, the primary one among them
     */
    static Optional<String> violated(Ipv4Range range, Ipv4Range primary, Collection<Ipv4Range> associated) {
        var home = PRIVATE.stream().filter(block -> block.contains(primary)).findFirst();
        var foreign = PRIVATE.stream()
                .filter(block -> block.contains(range))
                .filter(block -> home.filter(block::equals).isEmpty())
                .findFirst();
        if (foreign.isPresent()) {
            return Optional.of("a VPC whose cidrBlock is " + primary + " takes no range of " + foreign.get());
        }
        if (SERVICES.contains(range)) {
            return Optional.of("no range of " + SERVICES + " is taken");
        }
        if (DEFAULT_VPC.contains(range) && MIDDLE.contains(primary)) {
            return Optional.of("a VPC whose cidrBlock is of " + MIDDLE + " takes no range of " + DEFAULT_VPC);
        }
        return associated.stream()
                .filter(held -> FIRST_TEN.contains(range) && LOW_TENS.contains(held))
                .findFirst()
                .map(held -> "a VPC with " + held + ", which is of " + LOW_TENS + ", takes no range of " + FIRST_TEN);
    }
}
