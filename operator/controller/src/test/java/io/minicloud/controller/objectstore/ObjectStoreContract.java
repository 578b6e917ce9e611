package io.minicloud.controller.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every engine must do; each test has a bucket name and a key of its own. */
abstract class ObjectStoreContract {
    private static final String SECRET = "first-secret-of-this-key";
    private static final String OTHER_SECRET = "other-secret-of-this-key";

    protected final String bucket = "contract-" + UUID.randomUUID();
    private final String keyId =
            "AKIA" + UUID.randomUUID().toString().substring(0, 8).toUpperCase();

    protected abstract ObjectStore store();

    protected abstract AccessKeys keys();

    /** Puts a version of an object into the bucket. */
    protected abstract void write(String object);

    @Test
    void aNewBucketIsThereBareAndEmpty() {
        assertThat(store().find(bucket)).isEmpty();

        store().create(bucket);

        assertThat(store().find(bucket)).contains(new BucketState(bucket, Map.of(), Versioning.OFF));
        assertThat(store().isEmpty(bucket)).isTrue();
    }

    @Test
    void aBucketThatExistsIsNotCreatedAgain() {
        store().create(bucket);
        store().setTags(bucket, Map.of("owner", "me"));

        assertThatThrownBy(() -> store().create(bucket)).isInstanceOf(BucketExistsException.class);
        assertThat(store().find(bucket).orElseThrow().tags()).containsExactly(Map.entry("owner", "me"));
    }

    @Test
    void tagsAreReplacedAsAWhole() {
        store().create(bucket);
        store().setTags(bucket, Map.of("a", "1", "minicloud.io/owner", "x-1/lab/bucket/0f-3a"));
        store().setTags(bucket, Map.of("b", "2 +-=._:/@"));

        assertThat(store().find(bucket).orElseThrow().tags()).containsExactly(Map.entry("b", "2 +-=._:/@"));
    }

    @Test
    void versioningIsEnabledAndSuspended() {
        store().create(bucket);
        store().setVersioning(bucket, Versioning.ENABLED);
        assertThat(store().find(bucket).orElseThrow().versioning()).isEqualTo(Versioning.ENABLED);

        store().setVersioning(bucket, Versioning.SUSPENDED);
        assertThat(store().find(bucket).orElseThrow().versioning()).isEqualTo(Versioning.SUSPENDED);
    }

    @Test
    void onlyAnEmptyBucketIsRemoved() {
        store().create(bucket);
        write("photo");
        assertThatThrownBy(() -> store().remove(bucket)).isInstanceOf(BucketNotEmptyException.class);

        assertThat(store().purge(bucket, 10)).isTrue();
        store().remove(bucket);

        assertThat(store().find(bucket)).isEmpty();
    }

    @Test
    void removingWhatIsGoneIsSuccess() {
        store().remove(bucket);

        assertThat(store().find(bucket)).isEmpty();
    }

    @Test
    void purgingTakesVersionsInBatches() {
        store().create(bucket);
        store().setVersioning(bucket, Versioning.ENABLED);
        write("photo");
        write("photo");
        write("folder/photo");

        assertThat(store().isEmpty(bucket)).isFalse();
        assertThat(store().purge(bucket, 2)).isFalse();
        assertThat(store().purge(bucket, 2)).isTrue();
        store().remove(bucket);
    }

    @Test
    void aKeyWorksForItsBucketOnly() {
        store().create(bucket);
        var key = new AccessKey(keyId, SECRET);
        assertThat(keys().works(key, bucket)).isFalse();

        keys().put(key, bucket);

        assertThat(keys().works(key, bucket)).isTrue();
        assertThat(keys().works(key, "another-" + bucket)).isFalse();
        assertThat(keys().works(new AccessKey(keyId, OTHER_SECRET), bucket)).isFalse();
    }

    @Test
    void aKeyMayComeBeforeItsBucket() {
        var key = new AccessKey(keyId, SECRET);
        keys().put(key, bucket);

        assertThat(keys().works(key, bucket)).isTrue();
    }

    @Test
    void anotherSecretEndsTheOneBefore() {
        store().create(bucket);
        keys().put(new AccessKey(keyId, SECRET), bucket);

        keys().put(new AccessKey(keyId, OTHER_SECRET), bucket);

        assertThat(keys().works(new AccessKey(keyId, SECRET), bucket)).isFalse();
        assertThat(keys().works(new AccessKey(keyId, OTHER_SECRET), bucket)).isTrue();
    }

    @Test
    void aRevokedKeyWorksNoMoreAndRevokingTwiceIsSuccess() {
        store().create(bucket);
        var key = new AccessKey(keyId, SECRET);
        keys().put(key, bucket);

        keys().revoke(keyId);
        keys().revoke(keyId);

        assertThat(keys().works(key, bucket)).isFalse();
    }
}
