package io.minicloud.controller.objectstore;

import io.minio.ListObjectsArgs;
import io.minio.admin.MinioAdminClient;
import io.minio.admin.UserInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Access keys as users of MinIO, each with a policy of its own that names one bucket. */
public final class MinioAccessKeys implements AccessKeys {
    private static final String NO_SUCH_USER = "XMinioAdminNoSuchUser";
    private static final String NO_SUCH_POLICY = "XMinioAdminNoSuchPolicy";

    private final MinioConnection connection;
    private final MinioAdminClient admin;

    /** Keys at the other end of a connection. */
    public MinioAccessKeys(MinioConnection connection) {
        this.connection = connection;
        this.admin = connection.adminClient();
    }

    @Override
    public boolean works(AccessKey key, String bucket) {
        return user(key.id())
                .filter(user -> user.status() == UserInfo.Status.ENABLED)
                .filter(user -> policyName(key.id(), bucket).equals(user.policyName()))
                .filter(user -> signs(key, bucket))
                .isPresent();
    }

    @Override
    public void put(AccessKey key, String bucket) {
        put(key, bucket, BucketPolicyDocument.forOwnerOf(bucket));
    }

    @Override
    public void putWriter(AccessKey key, String bucket, String folder) {
        put(key, bucket, BucketPolicyDocument.forWriterTo(bucket, folder));
    }

    private void put(AccessKey key, String bucket, String document) {
        // Replacing only the secret would leave alive what was derived from the old one: service accounts and sessions.
        revoke(key.id());
        var policy = policyName(key.id(), bucket);
        command("add policy " + policy, () -> {
            admin.addCannedPolicy(policy, document);
            return true;
        });
        command("add access key " + key.id(), () -> {
            admin.addUser(key.id(), UserInfo.Status.ENABLED, key.secret(), policy, List.of());
            return true;
        });
        command("limit access key " + key.id() + " to bucket " + bucket, () -> {
            admin.setPolicy(key.id(), false, policy);
            return true;
        });
    }

    @Override
    public void revoke(String accessKeyId) {
        var policy = user(accessKeyId).map(UserInfo::policyName);
        unlessMissing(
                NO_SUCH_USER,
                () -> command("revoke access key " + accessKeyId, () -> {
                    admin.deleteUser(accessKeyId);
                    return true;
                }));
        policy.filter(name -> name.startsWith(policyPrefix(accessKeyId)))
                .ifPresent(name -> unlessMissing(
                        NO_SUCH_POLICY,
                        () -> command("remove policy " + name, () -> {
                            admin.removeCannedPolicy(name);
                            return true;
                        })));
    }

    private boolean signs(AccessKey key, String bucket) {
        try {
            return connection.call("try access key " + key.id(), () -> {
                var answer = connection
                        .client(key)
                        .listObjects(ListObjectsArgs.builder()
                                .bucket(bucket)
                                .maxKeys(1)
                                .build())
                        .iterator();
                if (answer.hasNext()) {
                    answer.next().get();
                }
                return true;
            });
        } catch (ObjectStoreException e) {
            return e.code().equals("NoSuchBucket");
        }
    }

    private Optional<UserInfo> user(String accessKeyId) {
        try {
            return Optional.of(command("look for access key " + accessKeyId, () -> admin.getUserInfo(accessKeyId)));
        } catch (ObjectStoreException e) {
            if (e.code().equals(NO_SUCH_USER)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The admin client throws a bare RuntimeException with the server's answer in its message. */
    private <T> T command(String what, MinioConnection.Call<T> call) {
        try {
            return connection.call(what, call);
        } catch (ObjectStoreException | ObjectStoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refusal(what, e.getMessage());
        }
    }

    private static RuntimeException refusal(String what, @Nullable String answer) {
        for (var code : List.of(NO_SUCH_USER, NO_SUCH_POLICY)) {
            if (answer != null && answer.contains(code)) {
                return new ObjectStoreException(code, what + ": " + code);
            }
        }
        return new ObjectStoreUnavailableException(what + ": " + answer);
    }

    private static void unlessMissing(String code, Runnable command) {
        try {
            command.run();
        } catch (ObjectStoreException e) {
            if (!e.code().equals(code)) {
                throw e;
            }
        }
    }

    private static String policyPrefix(String accessKeyId) {
        return "minicloud-" + accessKeyId + "-";
    }

    private static String policyName(String accessKeyId, String bucket) {
        return policyPrefix(accessKeyId) + bucket;
    }
}
