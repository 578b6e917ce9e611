package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.AccessKeys;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.reconcile.identity.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** The keys by which nodes put their logs: each may put objects below one folder of one bucket. */
final class LogKeys {
    private static final int KEY_ID_DIGITS = 16;

    /** As long as AWS's: 40 characters. */
    private static final int RANDOM_BYTES = 30;

    private final AccessKeys keys;
    private final ObjectStoreSettings engine;
    private final SecureRandom random = new SecureRandom();

    LogKeys(AccessKeys keys, ObjectStoreSettings engine) {
        this.keys = keys;
        this.engine = engine;
    }

    /** The URL by which hosts reach the engine. */
    String endpoint() {
        return engine.publicEndpoint();
    }

    /**
     * A new key; one that was made before for the same use works no longer.
     *
     * @param use of which there is one key
     */
    AccessKey make(String use, String bucket, String folder) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var id = "AKIA"
                + Sha256.hex("access-log/" + use).substring(0, KEY_ID_DIGITS).toUpperCase(Locale.ROOT);
        var key = new AccessKey(id, Base64.getUrlEncoder().encodeToString(bytes));
        keys.putWriter(key, bucket, folder);
        return key;
    }

    /** Takes a key away; one that is gone already is success. */
    void revoke(String accessKeyId) {
        keys.revoke(accessKeyId);
    }
}
