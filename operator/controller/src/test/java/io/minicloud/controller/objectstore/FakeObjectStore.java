package io.minicloud.controller.objectstore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An S3 engine in memory: buckets hold versions without content. Can be switched off. */
public final class FakeObjectStore implements ObjectStore, AccessKeys {
    /** When true, every call fails as it does when nothing listens. */
    public boolean down;

    private final Map<String, BucketState> buckets = new HashMap<>();
    private final Map<String, Deque<String>> versions = new HashMap<>();
    private final Map<String, Grant> grants = new HashMap<>();

    private record Grant(AccessKey key, String bucket) {}

    /** Puts a version of an object into a bucket, as a user of the engine does. */
    public void write(String bucket, String object) {
        versions.get(bucket).add(object);
    }

    /** Whether a key of this id exists. */
    public boolean hasKey(String accessKeyId) {
        return grants.containsKey(accessKeyId);
    }

    @Override
    public Optional<BucketState> find(String bucket) {
        reach();
        return Optional.ofNullable(buckets.get(bucket));
    }

    @Override
    public void create(String bucket) {
        reach();
        if (buckets.containsKey(bucket)) {
            throw new BucketExistsException(bucket);
        }
        buckets.put(bucket, new BucketState(bucket, Map.of(), Versioning.OFF));
        versions.put(bucket, new ArrayDeque<>());
    }

    @Override
    public void setTags(String bucket, Map<String, String> tags) {
        var old = existing(bucket);
        buckets.put(bucket, new BucketState(bucket, tags, old.versioning()));
    }

    @Override
    public void setVersioning(String bucket, Versioning versioning) {
        var old = existing(bucket);
        buckets.put(bucket, new BucketState(bucket, old.tags(), versioning));
    }

    @Override
    public boolean isEmpty(String bucket) {
        existing(bucket);
        return versions.get(bucket).isEmpty();
    }

    @Override
    public boolean purge(String bucket, int limit) {
        existing(bucket);
        for (int i = 0; i < limit; i++) {
            versions.get(bucket).poll();
        }
        return isEmpty(bucket);
    }

    @Override
    public void remove(String bucket) {
        reach();
        if (buckets.containsKey(bucket) && !isEmpty(bucket)) {
            throw new BucketNotEmptyException(bucket);
        }
        buckets.remove(bucket);
        versions.remove(bucket);
    }

    @Override
    public boolean works(AccessKey key, String bucket) {
        reach();
        return new Grant(key, bucket).equals(grants.get(key.id()));
    }

    @Override
    public void put(AccessKey key, String bucket) {
        reach();
        grants.put(key.id(), new Grant(key, bucket));
    }

    @Override
    public void putWriter(AccessKey key, String bucket, String folder) {
        reach();
        grants.put(key.id(), new Grant(key, bucket + "/" + folder));
    }

    /** Whether a key may put objects below a folder of a bucket, and nothing else. */
    public boolean writes(AccessKey key, String bucket, String folder) {
        return works(key, bucket + "/" + folder);
    }

    @Override
    public void revoke(String accessKeyId) {
        reach();
        grants.remove(accessKeyId);
    }

    private BucketState existing(String bucket) {
        return find(bucket).orElseThrow(() -> new ObjectStoreException("NoSuchBucket", "no bucket " + bucket));
    }

    private void reach() {
        if (down) {
            throw new ObjectStoreUnavailableException("switched off");
        }
    }
}
