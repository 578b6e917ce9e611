package io.minicloud.reconcile.identity;

/**
 * AWS-shaped ids: a prefix and 17 hex digits derived from the object's uid, so that the same object always has the same
 * id.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html">Resource IDs</a>
 */
public final class AwsId {
    private static final int DIGITS = 17;

    private AwsId() {}

    /**
     * The id of an object.
     *
     * @param prefix of the kind, without the dash, e.g. {@code vpc}
     * @param uid the object's {@code metadata.uid}
     * @return e.g. {@code vpc-0f3a1b2c3d4e5f607}
     */
    public static String of(String prefix, String uid) {
        return prefix + "-0" + Sha256.hex(prefix + "/" + uid).substring(0, DIGITS - 1);
    }
}
