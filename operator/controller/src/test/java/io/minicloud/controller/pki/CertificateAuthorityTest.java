package io.minicloud.controller.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is issued is read back and judged by the JDK. */
class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    private final CertificateAuthority authority = CertificateAuthority.create("111122223333", NOW);

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"RSA_2048", "EC_PRIME256V1", "EC_SECP384R1"})
    void whatIsIssuedIsTrustedByWhoTrustsTheAuthority(KeyAlgorithm algorithm) throws Exception {
        var issued = authority.issue(List.of("shop.lab", "*.shop.lab"), algorithm, NOW);

        var certificate = read(issued.content().get("tls.crt"));
        validate(certificate, authority, NOW);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=shop.lab");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "shop.lab"), List.of(2, "*.shop.lab"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(SERVER_AUTHENTICATION);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage()[0]).as("digitalSignature").isTrue();
        assertThat(certificate.getKeyUsage()[2]).as("keyEncipherment").isEqualTo(algorithm == KeyAlgorithm.RSA_2048);
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(KeyAlgorithm.of(certificate.getPublicKey())).hasValue(algorithm);
        assertThat(issued.keyFits()).isTrue();
    }

    @Test
    void anotherAuthorityDoesNotTrustIt() {
        var other = CertificateAuthority.create("111122223333", NOW);
        var certificate = issue().certificate();

        assertThat(authority.hasIssued(certificate)).isTrue();
        assertThat(other.hasIssued(certificate)).isFalse();
        assertThatThrownBy(() -> validate(certificate, other, NOW)).isInstanceOf(CertPathValidatorException.class);
    }

    /** ACM: 395 days, renewed 60 days before the end; AWS Private CA: valid since an hour before. */
    @Test
    void itIsValidForThirteenMonthsAndRenewedSixtyDaysBefore() throws Exception {
        var issued = issue();
        var end = NOW.plus(Duration.ofDays(395));

        assertThat(issued.notBefore()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(issued.notAfter()).isEqualTo(end);
        validate(issued.certificate(), authority, end);
        assertThatThrownBy(() -> validate(issued.certificate(), authority, end.plusSeconds(1)))
                .isInstanceOf(CertPathValidatorException.class);
        assertThat(authority.isRenewalDue(issued, end.minus(Duration.ofDays(60)).minusSeconds(1)))
                .isFalse();
        assertThat(authority.isRenewalDue(issued, end.minus(Duration.ofDays(60))))
                .isTrue();
        assertThat(authority.isRenewalDue(issued, end.plus(Duration.ofDays(1)))).isTrue();
    }

    /** Else it would be renewed again and again, and each would end on the same day. */
    @Test
    void nothingOutlivesTheAuthorityNorIsRenewedInVain() {
        var end = Instant.parse("2036-11-23T10:00:00Z");
        var late = end.minus(Duration.ofDays(30));
        var issued = authority.issue(List.of("shop.lab"), KeyAlgorithm.EC_PRIME256V1, late);

        assertThat(issued.notAfter()).isEqualTo(end);
        assertThat(authority.isRenewalDue(issued, late)).isFalse();
        assertThat(authority.isExpired(end)).isFalse();
        assertThat(authority.isExpired(end.plusSeconds(1))).isTrue();
    }

    @Test
    void aHundredAndOneNamesOfTheGreatestLengthFit() throws Exception {
        var label = "a".repeat(63);
        var names = IntStream.rangeClosed(0, 100)
                .mapToObj(i ->
                        i == 0 ? "shop.lab" : "n%03d.%s.%s.%s.%s".formatted(i, label, label, label, "b".repeat(56)))
                .toList();

        var issued = authority.issue(names, KeyAlgorithm.EC_PRIME256V1, NOW);

        validate(read(issued.content().get("tls.crt")), authority, NOW);
        assertThat(issued.names()).isEqualTo(names);
        assertThat(issued.domainName()).isEqualTo("shop.lab");
    }

    @Test
    void eachHasAKeyAndASerialNumberOfItsOwn() {
        var one = issue();
        var other = issue();

        assertThat(one.certificate().getPublicKey())
                .isNotEqualTo(other.certificate().getPublicKey());
        assertThat(one.serial()).isNotEqualTo(other.serial()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
    }

    @Test
    void theAuthorityIsReadBackAndItsRootSignsNothingButServers() throws Exception {
        var again = CertificateAuthority.parse(authority.content()).orElseThrow();
        var root = read(authority.trust());

        assertThat(again.hasIssued(issue().certificate())).isTrue();
        assertThat(again.trust()).isEqualTo(authority.trust());
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getKeyUsage()[5]).as("keyCertSign").isTrue();
        assertThat(root.getSubjectX500Principal().getName()).contains("111122223333");
        assertThat(authority.trust()).doesNotContain("PRIVATE");
    }

    @Test
    void aDamagedAuthorityIsNone() {
        var foreign = new HashMap<>(authority.content());
        foreign.put(
                "tls.key",
                CertificateAuthority.create("111122223333", NOW).content().get("tls.key"));

        assertThat(CertificateAuthority.parse(foreign)).isEmpty();
        assertThat(CertificateAuthority.parse(issue().content())).isEmpty();
        for (var key : authority.content().keySet()) {
            var broken = new HashMap<>(authority.content());
            broken.put(key, broken.get(key).substring(0, 80));
            assertThat(CertificateAuthority.parse(broken)).as(key).isEmpty();
        }
    }

    @Test
    void itsTextNeverShowsTheKey() {
        var issued = issue();

        assertThat(issued.toString()).contains("CN=shop.lab").doesNotContain("BigInteger", "RSA", "EC", "key");
        assertThat(Pem.privateKey(issued.content().get("tls.key")).toString()).isEqualTo("Plain[a private key]");
    }

    private ServerCertificate issue() {
        return authority.issue(List.of("shop.lab"), KeyAlgorithm.EC_PRIME256V1, NOW);
    }

    private static void validate(X509Certificate certificate, CertificateAuthority authority, Instant at)
            throws Exception {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(read(authority.trust()), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
    }

    private static X509Certificate read(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
