package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.reconcile.identity.Sha256;

/** Names that HAProxy knows targets by. They stand in cookies too: every node of a load balancer makes the same, and they tell nothing. */
final class TargetName {
    /** What begins the name of a target. */
    static final String TARGET = "t";

    /** What begins the name of the same target for the time in which none is healthy. */
    static final String SPARE = "s";

    private static final int DIGITS = 16;

    private TargetName() {}

    /** Of a target, without the letter before it. */
    static String of(ProxyTargetGroup group, ProxyTargetGroup.Target target) {
        return Sha256.hex(group.targetGroupId() + " " + target.address() + " " + target.port())
                .substring(0, DIGITS);
    }

    /** Of a target group in a cookie. */
    static String ofGroup(String targetGroupId) {
        return Sha256.hex(targetGroupId).substring(0, DIGITS);
    }
}
