package io.minicloud.controller.objectstore;

import java.util.Map;
import java.util.Optional;

/** Stands in where no engine is configured: everything that needs one waits, and its status says for what. */
public final class AbsentObjectStore implements ObjectStore, AccessKeys {
    @Override
    public Optional<BucketState> find(String bucket) {
        throw absent();
    }

    @Override
    public void create(String bucket) {
        throw absent();
    }

    @Override
    public void setTags(String bucket, Map<String, String> tags) {
        throw absent();
    }

    @Override
    public void setVersioning(String bucket, Versioning versioning) {
        throw absent();
    }

    @Override
    public boolean isEmpty(String bucket) {
        throw absent();
    }

    @Override
    public boolean purge(String bucket, int limit) {
        throw absent();
    }

    @Override
    public void remove(String bucket) {
        throw absent();
    }

    @Override
    public boolean works(AccessKey key, String bucket) {
        throw absent();
    }

    @Override
    public void put(AccessKey key, String bucket) {
        throw absent();
    }

    @Override
    public void putWriter(AccessKey key, String bucket, String folder) {
        throw absent();
    }

    @Override
    public void revoke(String accessKeyId) {
        throw absent();
    }

    private static ObjectStoreUnavailableException absent() {
        return new ObjectStoreUnavailableException(
                "no S3 engine is configured: set minicloud.s3.endpoint and minicloud.s3.credentials-file");
    }
}
