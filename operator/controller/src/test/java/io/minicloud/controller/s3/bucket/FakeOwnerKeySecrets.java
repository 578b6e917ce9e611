package io.minicloud.controller.s3.bucket;

import io.minicloud.api.s3.Bucket;
import java.util.HashMap;
import java.util.Map;

/** Secrets in memory, by name. */
final class FakeOwnerKeySecrets implements OwnerKeySecrets {
    private final Map<String, Found> secrets = new HashMap<>();

    void putForeign(String name) {
        secrets.put(name, new Found(Ownership.FOREIGN, Map.of()));
    }

    void lose(Bucket bucket) {
        secrets.remove(OwnerKeySecrets.nameFor(bucket));
    }

    @Override
    public Found find(Bucket bucket) {
        return secrets.getOrDefault(OwnerKeySecrets.nameFor(bucket), new Found(Ownership.ABSENT, Map.of()));
    }

    @Override
    public void write(Bucket bucket, Map<String, String> content) {
        if (find(bucket).ownership() == Ownership.FOREIGN) {
            throw new IllegalStateException("foreign");
        }
        secrets.put(OwnerKeySecrets.nameFor(bucket), new Found(Ownership.OURS, Map.copyOf(content)));
    }

    @Override
    public void delete(Bucket bucket) {
        if (find(bucket).ownership() == Ownership.OURS) {
            secrets.remove(OwnerKeySecrets.nameFor(bucket));
        }
    }
}
