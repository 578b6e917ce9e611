package io.minicloud.controller.s3.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.s3.Bucket;
import io.minicloud.api.s3.BucketSpec;
import io.minicloud.api.s3.BucketStatus;
import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.FakeObjectStore;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.controller.objectstore.ObjectStoreUnavailableException;
import io.minicloud.controller.objectstore.Versioning;
import io.minicloud.controller.resolver.ResolverReason;
import io.minicloud.controller.s3.bucket.BucketProvisioner.Surroundings;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BucketProvisionerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final ObjectStoreSettings SETTINGS = new ObjectStoreSettings(
            "http://in", "http://out", "home-1", new AccessKey("root", "rootroot"), Duration.ofSeconds(1));
    private static final String ACCOUNT = "111122223333";

    private final FakeObjectStore engine = new FakeObjectStore();
    private final FakeOwnerKeySecrets secrets = new FakeOwnerKeySecrets();
    private final List<String> done = new ArrayList<>();
    private final BucketProvisioner provisioner = provisioner(action -> done.add(action.describe()));

    @Test
    void aBucketIsMadeTaggedVersionedAndHandedOver() {
        var bucket = bucket("photos", new BucketSpec(null, enabled(), null, Map.of("team", "a")));

        converge(bucket);

        var state = engine.find("photos").orElseThrow();
        assertThat(state.versioning()).isEqualTo(Versioning.ENABLED);
        assertThat(state.tags())
                .containsEntry("team", "a")
                .containsEntry("minicloud.io/owner", "inst/lab/bucket/uid-photos")
                .containsEntry("minicloud.io/account-id", ACCOUNT);
        assertThat(bucket.getStatus().arn()).isEqualTo("arn:aws:s3:::photos");
        assertThat(bucket.getStatus().ownerAccessKeySecretName()).isEqualTo("photos-owner-key");
        var key = secrets.find(bucket).content();
        assertThat(key)
                .containsOnlyKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_S3", "AWS_REGION")
                .containsEntry("AWS_ENDPOINT_URL_S3", "http://out")
                .containsEntry("AWS_REGION", "home-1");
        assertThat(engine.works(key(bucket), "photos")).isTrue();
    }

    @Test
    void theSecondPassDoesNothing() {
        var bucket = bucket("photos", new BucketSpec(null, enabled(), null, null));
        converge(bucket);
        var before = bucket.getStatus();
        done.clear();

        assertThat(provision(bucket)).isEqualTo(before);
        assertThat(done).isEmpty();
    }

    @Test
    void aCrashAfterAnyActionIsSurvived() {
        for (var crashAt = 1; crashAt <= 5; crashAt++) {
            var bucket = bucket("crash-" + crashAt, new BucketSpec(null, enabled(), null, null));
            var left = new AtomicInteger(crashAt);
            var crashing = provisioner(action -> {
                if (left.decrementAndGet() == 0) {
                    throw new IllegalStateException("crash");
                }
            });
            bucket.setStatus(crashing.provision(bucket, around(List.of())));
            assertThatThrownBy(() -> crashing.provision(bucket, around(List.of())))
                    .hasMessage("crash");

            converge(bucket);

            done.clear();
            provision(bucket);
            assertThat(done).isEmpty();
        }
    }

    @Test
    void anOutageInTheMiddleOfCreationLosesNothing() {
        var bucket = bucket("photos", null);
        provision(bucket);
        engine.create("photos");
        engine.down = true;
        assertThatThrownBy(() -> provision(bucket)).isInstanceOf(ObjectStoreUnavailableException.class);
        bucket.setStatus(provisioner.statuses().failed(bucket, new ObjectStoreUnavailableException("down")));
        assertThat(condition(bucket, "Programmed").status()).isEqualTo("Unknown");
        assertThat(condition(bucket, "Programmed").reason()).isEqualTo("EngineUnavailable");

        engine.down = false;
        converge(bucket);
    }

    @Test
    void aBucketThatIsNotOursIsNeverTouched() {
        engine.create("photos");
        engine.setTags("photos", Map.of("mine", "yes"));
        var before = engine.find("photos");
        var bucket = bucket("photos", new BucketSpec(null, enabled(), "Delete", null));

        provision(bucket);
        assertThat(condition(bucket, "Accepted").reason()).isEqualTo("BucketAlreadyExists");
        assertThat(provisioner.release(bucket, around(List.of()))).isEmpty();

        assertThat(engine.find("photos")).isEqualTo(before);
        assertThat(done).noneMatch(action -> action.startsWith("remove") || action.startsWith("tag"));
    }

    @Test
    void anEmptyUntaggedBucketThatWeDidNotBeginIsNotOurs() {
        engine.create("photos");
        var bucket = bucket("photos", null);

        provision(bucket);

        assertThat(condition(bucket, "Accepted").reason()).isEqualTo("BucketAlreadyExists");
        assertThat(engine.find("photos").orElseThrow().tags()).isEmpty();
    }

    @Test
    void theFirstCreatedObjectWinsAName() {
        var later = bucket("photos", null);
        var sameAccount = new Rival("2026-11-21T08:00:00Z", "lab", "older", "uid-older");
        var otherAccount = new Rival("2026-11-21T08:00:00Z", "shop", "older", "uid-older");

        later.setStatus(provisioner.provision(later, around(List.of(sameAccount))));
        assertThat(condition(later, "Accepted").reason()).isEqualTo("BucketAlreadyOwnedByYou");
        assertThat(condition(later, "Accepted").message()).contains("Bucket older");

        later.setStatus(provisioner.provision(later, around(List.of(otherAccount))));
        assertThat(condition(later, "Accepted").reason()).isEqualTo("BucketAlreadyExists");
        assertThat(condition(later, "Accepted").message())
                .doesNotContain("shop")
                .doesNotContain("older");
        assertThat(engine.find("photos")).isEmpty();
    }

    @Test
    void whoHasTheBucketKeepsItAgainstAnOlderObject() {
        var bucket = bucket("photos", null);
        converge(bucket);

        var older = new Rival("2026-11-21T08:00:00Z", "lab", "older", "uid-older");
        bucket.setStatus(provisioner.provision(bucket, around(List.of(older))));

        assertThat(condition(bucket, "Ready").status()).isEqualTo("True");
    }

    @Test
    void whatWasChangedByHandIsRepaired() {
        var bucket = bucket("photos", new BucketSpec(null, enabled(), null, Map.of("team", "a")));
        converge(bucket);
        var tags = engine.find("photos").orElseThrow().tags();
        engine.setVersioning("photos", Versioning.SUSPENDED);
        engine.setTags("photos", Map.of("minicloud.io/owner", tags.get("minicloud.io/owner"), "x", "y"));
        engine.revoke(key(bucket).id());

        provision(bucket);

        assertThat(engine.find("photos").orElseThrow().versioning()).isEqualTo(Versioning.ENABLED);
        assertThat(engine.find("photos").orElseThrow().tags()).isEqualTo(tags);
        assertThat(engine.works(key(bucket), "photos")).isTrue();
    }

    @Test
    void aBucketThatVanishedIsReportedAndNotMadeAgain() {
        var bucket = bucket("photos", null);
        converge(bucket);
        engine.remove("photos");

        provision(bucket);
        provision(bucket);

        assertThat(condition(bucket, "Ready").reason()).isEqualTo("BucketMissing");
        assertThat(engine.find("photos")).isEmpty();
    }

    @Test
    void aLostSecretGivesANewSecretAndEndsTheOldOne() {
        var bucket = bucket("photos", null);
        converge(bucket);
        var old = key(bucket);
        secrets.lose(bucket);

        provision(bucket);

        assertThat(key(bucket).secret()).isNotEqualTo(old.secret());
        assertThat(engine.works(old, "photos")).isFalse();
        assertThat(engine.works(key(bucket), "photos")).isTrue();
    }

    @Test
    void aForeignSecretIsLeftAloneAndNoKeyIsIssued() {
        var bucket = bucket("photos", null);
        secrets.putForeign("photos-owner-key");
        provision(bucket);
        provision(bucket);

        assertThat(condition(bucket, "Ready").reason()).isEqualTo("SecretNameTaken");
        assertThat(bucket.getStatus().ownerAccessKeySecretName()).isNull();
        assertThat(engine.find("photos")).isPresent();
        assertThat(done).noneMatch(action -> action.contains("key"));
    }

    @Test
    void anAccountWithoutTheRightToSecretsIsToldHowToGetIt() {
        var bucket = bucket("photos", null);
        var forbidden = new SecretsForbiddenException("lab", new IllegalStateException("403"));

        bucket.setStatus(provisioner.statuses().failed(bucket, new IllegalStateException("pass", forbidden)));

        assertThat(condition(bucket, "Programmed").reason()).isEqualTo("SecretsForbidden");
        assertThat(condition(bucket, "Ready").message()).contains("run hack/up again");
    }

    @Test
    void retainLeavesTheBucketAndTheNextObjectOfTheAccountGetsIt() {
        var bucket = bucket("photos", null);
        converge(bucket);
        engine.write("photos", "holiday");
        var old = key(bucket);

        assertThat(provisioner.release(bucket, around(List.of()))).isEmpty();
        assertThat(engine.isEmpty("photos")).isFalse();
        assertThat(engine.works(old, "photos")).isFalse();

        var again = bucket("photos", null);
        again.getMetadata().setUid("uid-again");
        converge(again);
        assertThat(engine.isEmpty("photos")).isFalse();
    }

    @Test
    void aBucketOfAnInstallationThatIsGoneIsTakenOverOnAnOrderOfItsAccount() {
        var lost = "gone/lab/bucket/uid-photos";
        engine.create("photos");
        engine.setTags("photos", Map.of("minicloud.io/owner", lost, "minicloud.io/account-id", ACCOUNT));
        var bucket = bucket("photos", null);
        provision(bucket);
        assertThat(condition(bucket, "Accepted").reason()).isEqualTo("BucketAlreadyExists");
        assertThat(condition(bucket, "Accepted").message())
                .contains("kubectl annotate bucket photos minicloud.io/adopt=" + lost);

        bucket.getMetadata().setAnnotations(Map.of("minicloud.io/adopt", lost));
        converge(bucket);

        assertThat(condition(bucket, "Ready").reason()).isEqualTo("Available");
        assertThat(engine.find("photos").orElseThrow().tags())
                .containsEntry("minicloud.io/owner", "inst/lab/bucket/uid-photos");
        assertThat(done).contains("revoke the key of the former owner of bucket photos");
    }

    @Test
    void aBucketOfAnotherAccountIsNotTakenOverWhateverIsOrdered() {
        var other = "gone/lab/bucket/uid-photos";
        engine.create("photos");
        engine.setTags("photos", Map.of("minicloud.io/owner", other, "minicloud.io/account-id", "999988887777"));
        var bucket = bucket("photos", null);
        bucket.getMetadata().setAnnotations(Map.of("minicloud.io/adopt", other));

        provision(bucket);

        assertThat(condition(bucket, "Accepted").message()).doesNotContain("annotate");
        assertThat(engine.find("photos").orElseThrow().tags()).containsEntry("minicloud.io/owner", other);
    }

    @Test
    void aRetainedBucketIsNotForAnotherAccount() {
        var bucket = bucket("photos", null);
        converge(bucket);
        provisioner.release(bucket, around(List.of()));

        var other = bucket("photos", null);
        other.getMetadata().setUid("uid-other");
        var elsewhere = new Surroundings(new Resolution.Resolved<>("999988887777"), List.of(), secrets);
        other.setStatus(provisioner.provision(other, elsewhere));

        assertThat(condition(other, "Accepted").reason()).isEqualTo("BucketAlreadyExists");
    }

    @Test
    void deleteIfEmptyWaitsWithTheKeyAliveAndThenRemoves() {
        var bucket = bucket("photos", new BucketSpec(null, null, "DeleteIfEmpty", null));
        converge(bucket);
        engine.write("photos", "holiday");

        var waiting = provisioner.release(bucket, around(List.of())).orElseThrow();
        assertThat(Conditions.find(waiting, "Programmed").orElseThrow().reason())
                .isEqualTo("BucketNotEmpty");
        assertThat(engine.works(key(bucket), "photos")).isTrue();

        engine.purge("photos", 1);
        var id = key(bucket).id();
        assertThat(provisioner.release(bucket, around(List.of()))).isEmpty();
        assertThat(engine.find("photos")).isEmpty();
        assertThat(engine.hasKey(id)).isFalse();
    }

    @Test
    void deleteRemovesEverythingInBatches() {
        var bucket = bucket("photos", new BucketSpec(null, enabled(), "Delete", null));
        converge(bucket);
        for (var i = 0; i <= BucketProvisioner.PURGE_BATCH; i++) {
            engine.write("photos", "object");
        }

        assertThat(provisioner.release(bucket, around(List.of()))).isPresent();
        assertThat(provisioner.release(bucket, around(List.of()))).isEmpty();
        assertThat(engine.find("photos")).isEmpty();
    }

    @Test
    void aNamespaceThatIsNoAccountGetsNoBucket() {
        var bucket = bucket("photos", null);
        var nowhere = new Surroundings(new Resolution.Waiting<>(ResolverReason.NotAnAccount, "no"), List.of(), secrets);

        bucket.setStatus(provisioner.provision(bucket, nowhere));

        assertThat(condition(bucket, "Accepted").reason()).isEqualTo("NotAnAccount");
        assertThat(engine.find("photos")).isEmpty();
    }

    @Test
    void noSecretIsInAPlanOrAStatus() {
        var bucket = bucket("photos", null);
        converge(bucket);

        var secret = key(bucket).secret();
        assertThat(done).noneMatch(action -> action.contains(secret));
        assertThat(bucket.getStatus().toString()).doesNotContain(secret);
        assertThat(secrets.find(bucket).toString()).doesNotContain(secret);
        assertThat(key(bucket).toString()).doesNotContain(secret);
    }

    private void converge(Bucket bucket) {
        provision(bucket);
        provision(bucket);
        assertThat(condition(bucket, "Ready").status()).isEqualTo("True");
        assertThat(condition(bucket, "Programmed").status()).isEqualTo("True");
    }

    private BucketStatus provision(Bucket bucket) {
        bucket.setStatus(provisioner.provision(bucket, around(List.of())));
        return bucket.getStatus();
    }

    private Surroundings around(List<Rival> rivals) {
        return new Surroundings(new Resolution.Resolved<>(ACCOUNT), rivals, secrets);
    }

    private AccessKey key(Bucket bucket) {
        var content = secrets.find(bucket).content();
        return new AccessKey(content.get("AWS_ACCESS_KEY_ID"), content.get("AWS_SECRET_ACCESS_KEY"));
    }

    private BucketProvisioner provisioner(Checkpoint checkpoint) {
        return new BucketProvisioner(
                "inst", new BucketProvisioner.Engine(engine, engine), SETTINGS, new PlanExecutor(checkpoint), CLOCK);
    }

    private static Condition condition(Bucket bucket, String type) {
        return Conditions.find(bucket.getStatus(), type).orElseThrow();
    }

    private static BucketSpec.VersioningConfiguration enabled() {
        return new BucketSpec.VersioningConfiguration("Enabled");
    }

    private static Bucket bucket(String name, BucketSpec spec) {
        var bucket = new Bucket();
        bucket.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp("2026-11-21T09:00:00Z")
                .build());
        bucket.setSpec(spec);
        return bucket;
    }
}
