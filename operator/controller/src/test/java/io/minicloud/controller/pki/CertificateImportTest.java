package io.minicloud.controller.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.controller.pki.TestChain.Wish;
import io.minicloud.reconcile.resolve.Resolution;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What ACM takes and refuses to import.
 *
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html">Prerequisites for
 *     importing ACM certificates</a>
 */
class CertificateImportTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final KeyPair RSA = TestChain.keys("RSA", 2048);
    private static final KeyPair OTHER = TestChain.keys("RSA", 2048);
    private static final KeyPair CURVE = TestChain.keys("EC", 256);

    private static final TestChain ROOT =
            TestChain.selfSigned(Wish.of("root", NOW).authority(), CURVE);
    private static final TestChain MIDDLE = ROOT.issue(Wish.of("middle", NOW).authority(), TestChain.keys("EC", 256));
    private static final TestChain SITE = MIDDLE.issue(Wish.of("www.example.org", NOW), RSA);

    @Test
    void aCertificateThatSignedItselfIsTaken() {
        var own = TestChain.selfSigned(Wish.of("www.example.org", NOW), RSA);

        var taken = taken(TestChain.secret(own.pem(), own.key()));

        assertThat(taken.intermediates()).isEmpty();
        assertThat(taken.root()).isNull();
        assertThat(taken.domainName()).isEqualTo("www.example.org");
        assertThat(taken.names()).containsExactly("www.example.org");
    }

    @Test
    void theChainIsTakenFromWhereverItStands() {
        var together = taken(TestChain.secret(SITE.pem() + MIDDLE.pem() + ROOT.pem(), SITE.key()));
        var apart = taken(TestChain.secret(SITE.pem() + MIDDLE.pem(), SITE.key(), ROOT.pem()));
        var asOnAws = taken(TestChain.secret(SITE.pem(), SITE.key(), MIDDLE.pem() + ROOT.pem()));
        var twice = taken(TestChain.secret(SITE.pem() + MIDDLE.pem() + ROOT.pem(), SITE.key(), ROOT.pem()));

        assertThat(together.intermediates()).containsExactly(MIDDLE.certificate());
        assertThat(together.root()).isEqualTo(ROOT.certificate());
        assertThat(apart.content()).isEqualTo(together.content());
        assertThat(asOnAws.content()).isEqualTo(together.content());
        assertThat(twice.content()).isEqualTo(together.content());
        assertThat(together.content().get("tls.crt")).isEqualTo(SITE.pem() + MIDDLE.pem());
        assertThat(together.content().get("ca.crt")).isEqualTo(ROOT.pem());
    }

    @Test
    void theRootMayBeMissing() {
        var taken = taken(TestChain.secret(SITE.pem() + MIDDLE.pem(), SITE.key()));

        assertThat(taken.intermediates()).containsExactly(MIDDLE.certificate());
        assertThat(taken.root()).isNull();
        assertThat(taken.content()).containsOnlyKeys("tls.crt", "tls.key");
        taken(TestChain.secret(SITE.pem(), SITE.key()));
    }

    @Test
    void keysAreReadAsOpensslWritesThem() {
        var curve = MIDDLE.issue(Wish.of("www.example.org", NOW), CURVE);

        var rsa = TestChain.old((RSAPrivateKey) RSA.getPrivate());
        assertThat(rsa).startsWith("-----BEGIN RSA PRIVATE KEY");
        taken(TestChain.secret(SITE.pem(), rsa));
        var secure = TestChain.old(CURVE);
        assertThat(secure).contains("-----BEGIN EC PARAMETERS", "-----BEGIN EC PRIVATE KEY");
        taken(TestChain.secret(curve.pem(), secure));
        taken(TestChain.secret(curve.pem(), secure.substring(secure.indexOf("-----BEGIN EC PRIVATE"))));
    }

    @Test
    void whatIsTakenIsReadBack() {
        var taken = taken(TestChain.secret(SITE.pem() + MIDDLE.pem(), SITE.key(), ROOT.pem()));

        assertThat(ServerCertificate.parse(taken.content())).hasValue(taken);
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        refused(TestChain.secret("", SITE.key()), ImportReason.CertificateMalformed);
        refused(TestChain.secret("words", SITE.key()), ImportReason.CertificateMalformed);
        refused(TestChain.secret(SITE.key(), SITE.key()), ImportReason.CertificateMalformed);
        refused(TestChain.secret(SITE.pem().replace("M", "!"), SITE.key()), ImportReason.CertificateMalformed);
        refused(Map.of("tls.key", SITE.key()), ImportReason.CertificateMalformed);
        refused(TestChain.secret(SITE.pem(), SITE.key(), "words"), ImportReason.CertificateChainInvalid);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        refused(TestChain.secret(SITE.pem(), ""), ImportReason.PrivateKeyMalformed);
        refused(TestChain.secret(SITE.pem(), SITE.pem()), ImportReason.PrivateKeyMalformed);
        refused(TestChain.secret(SITE.pem(), SITE.key() + SITE.key()), ImportReason.PrivateKeyMalformed);
        refused(Map.of("tls.crt", SITE.pem()), ImportReason.PrivateKeyMalformed);
    }

    @Test
    void anEncryptedKeyIsRefused() {
        refused(TestChain.secret(SITE.pem(), TestChain.encrypted(RSA.getPrivate())), ImportReason.PrivateKeyEncrypted);
    }

    @Test
    void theKeyOfAnotherIsRefused() {
        refused(TestChain.secret(SITE.pem(), Pem.write(OTHER.getPrivate())), ImportReason.PrivateKeyMismatch);
        refused(TestChain.secret(SITE.pem(), Pem.write(CURVE.getPrivate())), ImportReason.PrivateKeyMismatch);
        // The chain first: the key is then that of the last.
        refused(TestChain.secret(MIDDLE.pem() + SITE.pem(), SITE.key()), ImportReason.PrivateKeyMismatch);
    }

    @Test
    void whatIsNotInItsTimeIsRefused() {
        var day = Duration.ofDays(1);
        var past = MIDDLE.issue(
                Wish.of("www.example.org", NOW).valid(NOW.minus(day.multipliedBy(2)), NOW.minus(day)), RSA);
        var future =
                MIDDLE.issue(Wish.of("www.example.org", NOW).valid(NOW.plus(day), NOW.plus(day.multipliedBy(2))), RSA);
        var old = TestChain.selfSigned(
                Wish.of("old", NOW)
                        .valid(NOW.minus(day.multipliedBy(2)), NOW.minus(day))
                        .authority(),
                CURVE);

        refused(TestChain.secret(past.pem(), past.key()), ImportReason.CertificateExpired);
        refused(TestChain.secret(future.pem(), future.key()), ImportReason.CertificateNotYetValid);
        assertThat(CertificateImport.judge(TestChain.secret(future.pem(), future.key()), NOW.plus(day)))
                .isInstanceOf(Resolution.Resolved.class);
        var orphan = old.issue(Wish.of("www.example.org", NOW), RSA);
        refused(TestChain.secret(orphan.pem(), orphan.key(), old.pem()), ImportReason.CertificateExpired);
    }

    @Test
    void aChainOutOfOrderOrOfOthersIsRefused() {
        refused(
                TestChain.secret(SITE.pem() + ROOT.pem() + MIDDLE.pem(), SITE.key()),
                ImportReason.CertificateChainInvalid);
        refused(TestChain.secret(SITE.pem(), SITE.key(), ROOT.pem()), ImportReason.CertificateChainInvalid);
        var stranger = TestChain.selfSigned(Wish.of("middle", NOW).authority(), TestChain.keys("EC", 256));
        refused(TestChain.secret(SITE.pem(), SITE.key(), stranger.pem()), ImportReason.CertificateChainInvalid);
        // One that may sign nobody.
        var plain = ROOT.issue(Wish.of("plain", NOW), TestChain.keys("EC", 256));
        var child = plain.issue(Wish.of("www.example.org", NOW), RSA);
        refused(
                TestChain.secret(child.pem() + plain.pem() + ROOT.pem(), child.key()),
                ImportReason.CertificateChainInvalid);
    }

    /** ACM takes RSA of 1,024 bits too; no load balancer of AWS's does, nor ours. */
    @Test
    void keysThatNoLoadBalancerTakesAreRefused() {
        var weak = MIDDLE.issue(Wish.of("www.example.org", NOW), TestChain.keys("RSA", 1024));
        refused(TestChain.secret(weak.pem(), weak.key()), ImportReason.UnsupportedKeyAlgorithm);
        for (var algorithm : KeyAlgorithm.values()) {
            if (algorithm != KeyAlgorithm.RSA_4096) {
                var sound = MIDDLE.issue(Wish.of("www.example.org", NOW), algorithm.generate());
                taken(TestChain.secret(sound.pem(), sound.key()));
            }
        }
    }

    @Test
    void brokenDigestsAndOldVersionsAreRefused() {
        var broken = MIDDLE.issue(Wish.of("www.example.org", NOW).digest("SHA1"), RSA);
        refused(TestChain.secret(broken.pem(), broken.key()), ImportReason.UnsupportedSignatureAlgorithm);
        var one = TestChain.versionOne(Wish.of("www.example.org", NOW), RSA);
        refused(TestChain.secret(one.pem(), one.key()), ImportReason.CertificateMalformed);
    }

    private static ServerCertificate taken(Map<String, String> content) {
        return switch (CertificateImport.judge(content, NOW)) {
            case Resolution.Resolved<ServerCertificate>(var value) -> value;
            case Resolution.Waiting<ServerCertificate> waiting -> throw new AssertionError(waiting);
            case Resolution.Invalid<ServerCertificate> invalid -> throw new AssertionError(invalid);
        };
    }

    private static void refused(Map<String, String> content, ImportReason reason) {
        var judged = CertificateImport.judge(content, NOW);
        var said =
                switch (judged) {
                    case Resolution.Resolved<ServerCertificate> _ -> null;
                    case Resolution.Waiting<ServerCertificate> waiting -> waiting.reason();
                    case Resolution.Invalid<ServerCertificate> invalid -> invalid.reason();
                };
        assertThat(said).isEqualTo(reason);
        assertThat(judged.toString())
                .startsWith(judged.getClass().getSimpleName())
                .contains("ValidationException: ");
        assertThat(judged.toString()).doesNotContain("PRIVATE KEY");
    }
}
