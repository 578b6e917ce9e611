package io.minicloud.reconcile.identity;

/**
 * Names on a machine: {@code mc}, a letter for the kind and 11 hex digits of the AWS id. 14 characters, since the names
 * of network interfaces end at 15. A collision is seen by the owner tag and reported.
 */
public final class MachineName {
    private static final int DIGITS = 11;

    private MachineName() {}

    /**
     * The name of what an id became.
     *
     * @param letter of the kind, e.g. {@code b} for a bridge
     * @param awsId e.g. {@code subnet-0f3a…}
     * @return e.g. {@code mcb0f3a1b2c3d4}
     */
    public static String of(char letter, String awsId) {
        return "mc" + letter + Sha256.hex(awsId).substring(0, DIGITS);
    }
}
