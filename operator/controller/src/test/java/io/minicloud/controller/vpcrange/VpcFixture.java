package io.minicloud.controller.vpcrange;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus;
import io.minicloud.api.ec2.VpcStatus.CidrBlockAssociation;
import io.minicloud.api.ec2.VpcStatus.CidrBlockState;
import java.util.ArrayList;
import java.util.List;

/** VPCs whose status tells of ranges. */
public final class VpcFixture {
    private VpcFixture() {}

    /** The VPC, which has one more range in this state. */
    public static Vpc withRange(Vpc vpc, String range, String state) {
        var before = vpc.getStatus();
        var set = new ArrayList<CidrBlockAssociation>();
        if (before == null || before.cidrBlockAssociationSet() == null) {
            set.add(association(vpc.getSpec().cidrBlock(), "associated"));
        } else {
            set.addAll(before.cidrBlockAssociationSet());
        }
        set.add(association(range, state));
        var conditions = before == null ? List.<Condition>of() : before.conditions();
        vpc.setStatus(new VpcStatus(conditions, 1L, null, null, "available", List.copyOf(set), null, null, List.of()));
        return vpc;
    }

    private static CidrBlockAssociation association(String range, String state) {
        return new CidrBlockAssociation("vpc-cidr-assoc-1", range, new CidrBlockState(state, null));
    }
}
