package io.minicloud.controller.publicaddress;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;

/** What is derived from a pool: its id, and the ranges that are in use. Pure. */
public final class AddressPools {
    /** With what the AWS id of a pool begins. */
    public static final String PREFIX = "ipv4pool-ec2";

    private AddressPools() {}

    /** E.g. {@code ipv4pool-ec2-0123456789abcdef0}. */
    public static String id(AddressPool pool) {
        return AwsId.of(PREFIX, pool.getMetadata().getUid());
    }

    /**
     * The ranges from which addresses are given out: those that were accepted once, whatever became of the spec since.
     */
    public static List<String> ranges(AddressPool pool) {
        var status = pool.getStatus();
        return status == null || status.cidrBlocks() == null ? List.of() : status.cidrBlocks();
    }
}
