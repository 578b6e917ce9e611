package io.minicloud.controller.acm.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateSpec;
import io.minicloud.api.acm.CertificateStatus;
import io.minicloud.controller.pki.CertificateAuthority;
import io.minicloud.controller.pki.KeyAlgorithm;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.reconcile.resolve.Resolution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IssuanceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String ACCOUNT = "111122223333";

    private final CertificateAuthority authority = CertificateAuthority.create(ACCOUNT, NOW);
    private final CertificateStatusFactory statuses =
            new CertificateStatusFactory("home-1", Clock.fixed(NOW, ZoneOffset.UTC));
    private final Certificate certificate = certificate();

    @Test
    void theFirstIsIssuedWithoutAWord() {
        assertThat(next(Optional.empty(), NOW)).isEqualTo(Issuance.ISSUE);
    }

    @Test
    void aGoodOneIsKeptUntilItIsTimeForAnother() {
        var held = issue(authority, "shop.lab", KeyAlgorithm.RSA_2048);

        assertThat(next(held, NOW)).isEqualTo(Issuance.KEEP);
        assertThat(next(held, NOW.plus(Duration.ofDays(334)))).isEqualTo(Issuance.KEEP);
        assertThat(next(held, NOW.plus(Duration.ofDays(335)))).isEqualTo(Issuance.ISSUE);
        assertThat(next(held, NOW.plus(Duration.ofDays(400)))).isEqualTo(Issuance.ISSUE);
    }

    /** Who serves it must know that the key is another one, and why: the difference is an event of its own. */
    @Test
    void aLostOneIsToldOfBeforeAnotherIsIssued() {
        certificate.setStatus(inForce());
        assertThat(next(Optional.empty(), NOW)).isEqualTo(Issuance.TELL);

        certificate.setStatus(statuses.status(
                certificate,
                CertificateView.held(ACCOUNT, CertificateReason.CertificateLost, "gone", Optional.empty()),
                null));
        assertThat(certificate.getStatus().serial()).isNotNull();
        assertThat(next(Optional.empty(), NOW)).isEqualTo(Issuance.ISSUE);
    }

    @Test
    void whatWasNotAskedForIsNotKept() {
        assertThat(next(issue(authority, "store.lab", KeyAlgorithm.RSA_2048), NOW))
                .isEqualTo(Issuance.ISSUE);
        assertThat(next(issue(authority, "shop.lab", KeyAlgorithm.EC_PRIME256V1), NOW))
                .isEqualTo(Issuance.ISSUE);
        assertThat(next(issue(CertificateAuthority.create(ACCOUNT, NOW), "shop.lab", KeyAlgorithm.RSA_2048), NOW))
                .isEqualTo(Issuance.ISSUE);
    }

    @Test
    void aQuotaIsForThoseToCome() {
        assertThat(CertificateNames.judge(certificate, 1)).isInstanceOf(Resolution.Resolved.class);
        assertThat(CertificateNames.judge(certificate, 0)).isInstanceOf(Resolution.Invalid.class);

        certificate.setStatus(inForce());

        assertThat(CertificateNames.judge(certificate, 0)).isInstanceOf(Resolution.Resolved.class);
    }

    @Test
    void namesAreThereOnceAndInLowerCase() {
        var spec = new CertificateSpec("Shop.lab", List.of("shop.LAB", "*.Shop.lab"), null, null, null);

        assertThat(CertificateNames.of(spec)).containsExactly("shop.lab", "*.shop.lab");
        assertThat(CertificateNames.algorithm(spec)).isEqualTo(KeyAlgorithm.RSA_2048);
    }

    private CertificateStatus inForce() {
        var held = issue(authority, "shop.lab", KeyAlgorithm.RSA_2048).orElseThrow();
        var view = CertificateView.inForce(ACCOUNT, CertificateReason.Issued, held);
        return statuses.status(certificate, view, null);
    }

    private Issuance next(Optional<ServerCertificate> held, Instant now) {
        return Issuance.next(certificate, held, authority, now);
    }

    private static Optional<ServerCertificate> issue(CertificateAuthority by, String name, KeyAlgorithm algorithm) {
        return Optional.of(by.issue(List.of(name), algorithm, NOW));
    }

    private static Certificate certificate() {
        var certificate = new Certificate();
        certificate.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("site")
                .withUid("uid")
                .withGeneration(1L)
                .build());
        certificate.setSpec(new CertificateSpec("shop.lab", null, null, null, null));
        return certificate;
    }
}
