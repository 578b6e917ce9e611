package io.minicloud.controller.acm.certificate;

import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateStatus;
import io.minicloud.controller.pki.ImportReason;
import io.minicloud.controller.pki.KeyAlgorithm;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Optional;

/**
 * Whether a sound certificate may take the place of the one that was imported before. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html">Reimporting a certificate</a>
 */
final class Reimport {
    private Reimport() {}

    /** ACM: "The key type and size cannot be changed." */
    static Resolution<ServerCertificate> judge(Certificate certificate, ServerCertificate wanted) {
        var before = Optional.ofNullable(certificate.getStatus()).map(CertificateStatus::keyAlgorithm);
        var now = KeyAlgorithm.of(wanted.certificate().getPublicKey()).map(KeyAlgorithm::awsName);
        return before.isEmpty() || before.equals(now)
                ? new Resolution.Resolved<>(wanted)
                : new Resolution.Invalid<>(
                        ImportReason.KeyAlgorithmChanged,
                        "ValidationException: the key was %s and cannot become %s: import one with such a key, or make another certificate"
                                .formatted(before.get(), now.orElse("of another kind")));
    }
}
