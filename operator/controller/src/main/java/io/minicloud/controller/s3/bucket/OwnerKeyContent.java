package io.minicloud.controller.s3.bucket;

import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands in the Secret of an owner's key: the variables that AWS tools read. */
final class OwnerKeyContent {
    static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    static final String ENDPOINT = "AWS_ENDPOINT_URL_S3";
    static final String REGION = "AWS_REGION";

    // As long as AWS's: 40 characters, from 30 random bytes.
    private static final int RANDOM_BYTES = 30;
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9_/+-]{40}");

    private final ObjectStoreSettings settings;
    private final SecureRandom random = new SecureRandom();

    OwnerKeyContent(ObjectStoreSettings settings) {
        this.settings = settings;
    }

    /** The key in a Secret, when every value is as it should be. */
    Optional<AccessKey> read(Map<String, String> content, String keyId) {
        return usableSecret(content)
                .filter(secret -> content.equals(content(new AccessKey(keyId, secret))))
                .map(secret -> new AccessKey(keyId, secret));
    }

    /** What the Secret should hold: the secret it has when that can be used, else a new one. */
    Map<String, String> renew(Map<String, String> content, String keyId) {
        return content(new AccessKey(keyId, usableSecret(content).orElseGet(this::newSecret)));
    }

    private Map<String, String> content(AccessKey key) {
        return Map.of(
                KEY_ID, key.id(), SECRET, key.secret(), ENDPOINT, settings.publicEndpoint(), REGION, settings.region());
    }

    private static Optional<String> usableSecret(Map<String, String> content) {
        return Optional.ofNullable(content.get(SECRET))
                .filter(secret -> USABLE.matcher(secret).matches());
    }

    private String newSecret() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
