package io.minicloud.controller.objectstore;

import io.minio.BucketExistsArgs;
import io.minio.GetBucketTagsArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.SetBucketTagsArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.messages.DeleteObject;
import io.minio.messages.Item;
import io.minio.messages.VersioningConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Buckets in MinIO, by its S3 API. */
public final class MinioObjectStore implements ObjectStore {
    private static final String NO_SUCH_BUCKET = "NoSuchBucket";

    private final MinioConnection connection;
    private final MinioClient client;

    /** Buckets at the other end of a connection. */
    public MinioObjectStore(MinioConnection connection) {
        this.connection = connection;
        this.client = connection.client();
    }

    @Override
    public Optional<BucketState> find(String bucket) {
        var exists = connection.call(
                "look for bucket " + bucket,
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket).build()));
        return exists ? Optional.of(new BucketState(bucket, tags(bucket), versioning(bucket))) : Optional.empty();
    }

    @Override
    public void create(String bucket) {
        try {
            connection.call("create bucket " + bucket, () -> {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                return true;
            });
        } catch (ObjectStoreException e) {
            // MinIO has one owner for all buckets, so it says "yours" of every bucket.
            if (e.code().equals("BucketAlreadyOwnedByYou") || e.code().equals("BucketAlreadyExists")) {
                throw new BucketExistsException(bucket);
            }
            throw e;
        }
    }

    @Override
    public void setTags(String bucket, Map<String, String> tags) {
        connection.call("tag bucket " + bucket, () -> {
            client.setBucketTags(
                    SetBucketTagsArgs.builder().bucket(bucket).tags(tags).build());
            return true;
        });
    }

    @Override
    public void setVersioning(String bucket, Versioning versioning) {
        var status =
                switch (versioning) {
                    case ENABLED -> VersioningConfiguration.Status.ENABLED;
                    case SUSPENDED -> VersioningConfiguration.Status.SUSPENDED;
                    case OFF -> throw new IllegalArgumentException("versioning never goes off again");
                };
        connection.call("set versioning of bucket " + bucket, () -> {
            client.setBucketVersioning(SetBucketVersioningArgs.builder()
                    .bucket(bucket)
                    .config(new VersioningConfiguration(status, null))
                    .build());
            return true;
        });
    }

    @Override
    public boolean isEmpty(String bucket) {
        return versions(bucket, 1).isEmpty();
    }

    @Override
    public boolean purge(String bucket, int limit) {
        var doomed = versions(bucket, limit);
        connection.call("empty bucket " + bucket, () -> {
            var errors = client.removeObjects(
                    RemoveObjectsArgs.builder().bucket(bucket).objects(doomed).build());
            // The request is sent by reading its answer.
            for (var error : errors) {
                throw new ObjectStoreException(
                        error.get().code(),
                        "empty bucket " + bucket + ": " + error.get().message());
            }
            return true;
        });
        return isEmpty(bucket);
    }

    @Override
    public void remove(String bucket) {
        try {
            connection.call("remove bucket " + bucket, () -> {
                client.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build());
                return true;
            });
        } catch (ObjectStoreException e) {
            if (e.code().equals("BucketNotEmpty")) {
                throw new BucketNotEmptyException(bucket);
            }
            if (!e.code().equals(NO_SUCH_BUCKET)) {
                throw e;
            }
        }
    }

    private Map<String, String> tags(String bucket) {
        return connection.call("read the tags of bucket " + bucket, () -> client.getBucketTags(
                        GetBucketTagsArgs.builder().bucket(bucket).build())
                .get());
    }

    private Versioning versioning(String bucket) {
        var status = connection.call("read the versioning of bucket " + bucket, () -> client.getBucketVersioning(
                        GetBucketVersioningArgs.builder().bucket(bucket).build())
                .status());
        return switch (status) {
            case OFF -> Versioning.OFF;
            case ENABLED -> Versioning.ENABLED;
            case SUSPENDED -> Versioning.SUSPENDED;
        };
    }

    private List<DeleteObject> versions(String bucket, int limit) {
        return connection.call("list bucket " + bucket, () -> {
            var found = new ArrayList<DeleteObject>();
            for (Result<Item> result : client.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket)
                    .recursive(true)
                    .includeVersions(true)
                    .maxKeys(limit)
                    .build())) {
                var item = result.get();
                found.add(new DeleteObject(item.objectName(), item.versionId()));
                if (found.size() == limit) {
                    break;
                }
            }
            return found;
        });
    }
}
