package io.minicloud.controller.ec2.vpc;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus.CidrBlockAssociation;
import io.minicloud.api.ec2.VpcStatus.CidrBlockState;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.ipam.Ipv4Range;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.identity.AwsId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the ranges of a VPC. One that is in force stays so while it is asked for; one that is no longer asked for
 * takes no new subnet, and goes when none is in it. Of the others each is judged for itself. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html">AssociateVpcCidrBlock</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateVpcCidrBlock.html">DisassociateVpcCidrBlock</a>
 */
final class CidrAssociations {
    private final Vpc vpc;
    private final Around around;
    private final Ipv4Range primary;
    private final List<Ipv4Range> taken = new ArrayList<>();
    private final List<CidrBlockAssociation> set = new ArrayList<>();
    private @Nullable Progress trouble;

    /**
     * What ranges are judged by.
     *
     * @param subnets those of the VPC
     * @param destinations where the routes of its tables lead
     * @param quota how many ranges it may have, the primary one counted
     */
    record Around(Collection<Subnet> subnets, List<String> destinations, int quota) {}

    private CidrAssociations(Vpc vpc, Around around) {
        this.vpc = vpc;
        this.around = around;
        this.primary = Ipv4Range.parse(vpc.getSpec().cidrBlock());
    }

    /** Judges the ranges of a VPC, whose status tells those in force. */
    static CidrAssociations of(Vpc vpc, Around around) {
        var associations = new CidrAssociations(vpc, around);
        associations.judge();
        return associations;
    }

    /** Each range, first the primary one. */
    List<CidrBlockAssociation> set() {
        return List.copyOf(set);
    }

    /** Why not all is as it was asked for, of several reasons the first; empty: it is. */
    Optional<Progress> hindrance() {
        if (trouble != null) {
            return Optional.of(trouble);
        }
        return VpcRanges.areTold(vpc, set)
                ? Optional.empty()
                : Optional.of(Progress.pending(VpcReason.CidrBlocksPending, "the hosts are told of its ranges next"));
    }

    private void judge() {
        var held = VpcRanges.secondary(vpc);
        var wanted = VpcRanges.wanted(vpc);
        taken.add(primary);
        held.forEach(entry -> taken.add(Ipv4Range.parse(entry.cidrBlock())));
        associate(primary.toString());
        for (var range : wanted) {
            if (held.stream().anyMatch(entry -> entry.cidrBlock().equals(range))) {
                associate(range);
            } else {
                judge(Ipv4Range.parse(range));
            }
        }
        held.stream().filter(entry -> !wanted.contains(entry.cidrBlock())).forEach(this::leave);
    }

    private void judge(Ipv4Range range) {
        var refusal = refusal(range);
        if (refusal.isPresent()) {
            fail(range, VpcReason.InvalidVpcRange, refusal.get());
        } else if (taken.size() >= around.quota()) {
            fail(
                    range,
                    VpcReason.CidrLimitExceeded,
                    "a VPC may have %d ranges: take one out, or an administrator raises quotas.cidrBlocksPerVpc"
                            .formatted(around.quota()));
        } else {
            taken.add(range);
            associate(range.toString());
        }
    }

    private Optional<String> refusal(Ipv4Range range) {
        var overlapped = taken.stream().filter(range::overlaps).findFirst();
        if (overlapped.isPresent()) {
            return Optional.of("it overlaps " + overlapped.get() + ", which is still in force");
        }
        return CidrRestrictions.violated(range, primary, taken)
                .map(why -> why + ": choose another range")
                .or(() -> around.destinations().stream()
                        .filter(destination -> range.contains(Ipv4Range.parse(destination)))
                        .findFirst()
                        .map(destination -> "a route table of the VPC has a route to " + destination
                                + ", which lies in it: take the route out, or choose another range"));
    }

    /** First it takes no new subnet, and only the next pass looks whether any is in it: one may just have been accepted. */
    private void leave(CidrBlockAssociation entry) {
        var range = Ipv4Range.parse(entry.cidrBlock());
        var within = around.subnets().stream()
                .filter(subnet ->
                        range.contains(Ipv4Range.parse(subnet.getSpec().cidrBlock())))
                .filter(subnet ->
                        subnet.getStatus() != null && subnet.getStatus().arn() != null)
                .toList();
        if (!within.isEmpty()) {
            var message = "it has dependent subnets: " + Blockers.message(Blockers.names(within));
            tell(range, VpcReason.DependencyViolation, message);
            add(entry.cidrBlock(), VpcRanges.DISASSOCIATING, VpcReason.DependencyViolation + ": " + message);
        } else if (entry.cidrBlockState().state().equals(VpcRanges.ASSOCIATED)) {
            add(entry.cidrBlock(), VpcRanges.DISASSOCIATING, null);
        }
    }

    private void associate(String range) {
        add(range, VpcRanges.ASSOCIATED, null);
    }

    private void fail(Ipv4Range range, VpcReason reason, String message) {
        tell(range, reason, message);
        add(range.toString(), VpcRanges.FAILED, reason + ": " + message);
    }

    private void tell(Ipv4Range range, VpcReason reason, String message) {
        trouble = trouble == null ? Progress.pending(reason, range + ": " + message) : trouble;
    }

    private void add(String range, String state, @Nullable String message) {
        var id = AwsId.of("vpc-cidr-assoc", vpc.getMetadata().getUid() + "/" + range);
        set.add(new CidrBlockAssociation(id, range, new CidrBlockState(state, message)));
    }
}
