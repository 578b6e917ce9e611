package io.minicloud.controller.vpcrange;

import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus;
import io.minicloud.api.ec2.VpcStatus.CidrBlockAssociation;
import io.minicloud.controller.ipam.Ipv4Range;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of a VPC. A secondary one is in force from when the status says so until it no longer does, whatever became of
 * the spec since: whoever builds on it first reads it there. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC CIDR blocks</a>
 */
public final class VpcRanges {
    /** The state of a range in which subnets may be made. */
    public static final String ASSOCIATED = "associated";

    /** The state of a range that goes with the last subnet in it. */
    public static final String DISASSOCIATING = "disassociating";

    /** The state of a range that is not in force. */
    public static final String FAILED = "failed";

    private VpcRanges() {}

    /** Those in force, the primary one first. */
    public static List<String> inForce(Vpc vpc) {
        return ranges(vpc, entry -> !is(entry, FAILED));
    }

    /** Those in which subnets may be made, the primary one first. */
    public static List<String> open(Vpc vpc) {
        return ranges(vpc, entry -> is(entry, ASSOCIATED));
    }

    /** Those that it has or asks for, the primary one first. */
    public static List<String> claimed(Vpc vpc) {
        return Stream.concat(inForce(vpc).stream(), wanted(vpc).stream())
                .distinct()
                .toList();
    }

    /** The secondary ones that it asks for. */
    public static List<String> wanted(Vpc vpc) {
        return Objects.requireNonNullElse(vpc.getSpec().secondaryCidrBlocks(), List.of());
    }

    /** The secondary ones that are in force, each with its state. */
    public static List<CidrBlockAssociation> secondary(Vpc vpc) {
        var primary = vpc.getSpec().cidrBlock();
        return entries(vpc.getStatus())
                .filter(entry -> !entry.cidrBlock().equals(primary))
                .filter(entry -> !is(entry, FAILED))
                .toList();
    }

    /** Whether the status of a VPC tells of these ranges in these states, the primary one aside. */
    public static boolean areTold(Vpc vpc, List<CidrBlockAssociation> ranges) {
        return states(entries(vpc.getStatus())).equals(states(ranges.stream()));
    }

    /** Whether a range of these holds the whole range. */
    public static boolean hold(List<String> ranges, Ipv4Range range) {
        return ranges.stream().map(Ipv4Range::parse).anyMatch(one -> one.contains(range));
    }

    private static List<String> ranges(Vpc vpc, Predicate<CidrBlockAssociation> state) {
        return Stream.concat(
                        Stream.of(vpc.getSpec().cidrBlock()),
                        secondary(vpc).stream().filter(state).map(CidrBlockAssociation::cidrBlock))
                .toList();
    }

    private static List<String> states(Stream<CidrBlockAssociation> entries) {
        return entries.skip(1)
                .map(entry -> entry.cidrBlock() + " " + entry.cidrBlockState().state())
                .toList();
    }

    private static Stream<CidrBlockAssociation> entries(@Nullable VpcStatus status) {
        return Stream.ofNullable(status)
                .flatMap(known -> Stream.ofNullable(known.cidrBlockAssociationSet()))
                .flatMap(List::stream);
    }

    private static boolean is(CidrBlockAssociation entry, String state) {
        return entry.cidrBlockState().state().equals(state);
    }
}
