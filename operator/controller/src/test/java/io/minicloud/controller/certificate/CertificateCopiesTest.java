package io.minicloud.controller.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Instance;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.pki.CertificateAuthority;
import io.minicloud.controller.pki.KeyAlgorithm;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateCopiesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String CONSUMER = "elb-0123456789abcdef0";

    private final CertificateAuthority authority = CertificateAuthority.create("111122223333", NOW);
    private final Certificate certificate = certificate("certificate");

    @Test
    void aHostGetsCertificateAndKeyAndNotTheRoot() {
        var content = issued();

        var copy = copy(Optional.of(source(certificate, content)));

        assertThat(copy.getMetadata().getNamespace()).isEqualTo("minicloud-host-tower");
        assertThat(copy.getMetadata().getName()).matches(CONSUMER + "-[0-9a-f]{12}");
        assertThat(copy.getImmutable()).isTrue();
        assertThat(copy.getMetadata().getLabels()).containsEntry(Labels.OWNER_UID, "balancer");
        assertThat(copy.getStringData())
                .containsExactly(
                        Map.entry("tls.crt", content.get("tls.crt")), Map.entry("tls.key", content.get("tls.key")));
    }

    @Test
    void anotherCertificateIsAnotherSecret() {
        var one = issued();
        var other = issued();

        assertThat(copy(Optional.of(source(certificate, one))).getMetadata().getName())
                .isEqualTo(copy(Optional.of(source(certificate, one)))
                        .getMetadata()
                        .getName())
                .isNotEqualTo(copy(Optional.of(source(certificate, other)))
                        .getMetadata()
                        .getName());
    }

    @Test
    void nothingThatIsNotTheCertificatesOwnIsCopied() {
        var stranger = source(certificate("another"), issued());
        var damaged = new HashMap<>(issued());
        damaged.put("tls.key", issued().get("tls.key"));

        assertThat(refused(Optional.empty())).isEqualTo("CertificatePending");
        assertThat(refused(Optional.of(stranger))).isEqualTo("CertificatePending");
        assertThat(refused(Optional.of(source(certificate, damaged)))).isEqualTo("CertificatePending");
    }

    private Map<String, String> issued() {
        return authority
                .issue(List.of("shop.lab"), KeyAlgorithm.EC_PRIME256V1, NOW)
                .content();
    }

    private Secret copy(Optional<Secret> source) {
        return Judgement.fold(resolution(source), secret -> secret, (reason, message) -> {
            throw new AssertionError(reason + message);
        });
    }

    private String refused(Optional<Secret> source) {
        return Judgement.fold(resolution(source), secret -> "copied", (reason, message) -> reason.name());
    }

    private Resolution<Secret> resolution(Optional<Secret> source) {
        var owner = new Instance();
        owner.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("web")
                .withUid("balancer")
                .build());
        return CertificateCopies.copy(owner, CONSUMER, "minicloud-host-tower", certificate, source);
    }

    private static Secret source(Certificate owner, Map<String, String> content) {
        var data = new HashMap<String, String>();
        content.forEach((key, text) ->
                data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withMetadata(Derived.child(owner, "site-certificate"))
                .withData(data)
                .build();
    }

    private static Certificate certificate(String uid) {
        var certificate = new Certificate();
        certificate.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("site")
                .withUid(uid)
                .build());
        return certificate;
    }
}
