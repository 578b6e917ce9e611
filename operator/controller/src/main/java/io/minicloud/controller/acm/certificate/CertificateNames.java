package io.minicloud.controller.acm.certificate;

import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateSpec;
import io.minicloud.controller.pki.KeyAlgorithm;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a certificate that is issued is to say. Pure. */
final class CertificateNames {
    private CertificateNames() {}

    /** All its names, each once and in lower case, the domain name first. */
    static List<String> of(CertificateSpec spec) {
        return Stream.concat(
                        Stream.of(spec.domainName()),
                        Stream.ofNullable(spec.subjectAlternativeNames()).flatMap(List::stream))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** The algorithm of its key; AWS's default when none is named. */
    static KeyAlgorithm algorithm(CertificateSpec spec) {
        return spec.keyAlgorithm() == null ? KeyAlgorithm.RSA_2048 : KeyAlgorithm.named(spec.keyAlgorithm());
    }

    /**
     * Whether the account may have so many names in one certificate. One that was issued stays, as on AWS, whatever may be
     * had by now.
     *
     * @param quota how many it may have
     * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html">AWS Certificate Manager quotas</a>
     */
    static Resolution<Certificate> judge(Certificate certificate, int quota) {
        if (certificate.getSpec().domainName() == null || Issuance.wasIssued(certificate)) {
            return new Resolution.Resolved<>(certificate);
        }
        var names = of(certificate.getSpec()).size();
        return names <= quota
                ? new Resolution.Resolved<>(certificate)
                : new Resolution.Invalid<>(
                        CertificateReason.LimitExceededException,
                        ("the certificate has %d names and may have %d: make several of it, or an administrator raises"
                                        + " quotas.domainNamesPerCertificate")
                                .formatted(names, quota));
    }
}
