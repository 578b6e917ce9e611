package io.minicloud.controller.acm.certificate;

import io.minicloud.api.acm.Certificate;
import io.minicloud.controller.pki.CertificateAuthority;
import io.minicloud.controller.pki.KeyAlgorithm;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be done for a certificate that is issued. Pure. */
enum Issuance {
    /** Nothing: the one in force is good. */
    KEEP,
    /** Another one is issued. */
    ISSUE,
    /** It is said that the one that was in force is gone; the next pass issues another one. */
    TELL;

    /**
     * What comes next.
     *
     * @param certificate what is asked for, and what was told of it
     * @param held what its Secret holds; empty when that is none of ours, or damaged
     * @param authority the account's
     * @param now the time
     */
    static Issuance next(
            Certificate certificate, Optional<ServerCertificate> held, CertificateAuthority authority, Instant now) {
        if (held.filter(found -> isAsked(certificate, found) && authority.hasIssued(found.certificate()))
                .isEmpty()) {
            return wasIssued(certificate) && !isTold(certificate) ? TELL : ISSUE;
        }
        return authority.isRenewalDue(held.get(), now) ? ISSUE : KEEP;
    }

    /** Whether a certificate of the account's authority was in force, as far as its status tells. */
    static boolean wasIssued(Certificate certificate) {
        return certificate.getSpec().domainName() != null
                && certificate.getStatus() != null
                && certificate.getStatus().serial() != null;
    }

    private static boolean isAsked(Certificate certificate, ServerCertificate found) {
        List<String> names = CertificateNames.of(certificate.getSpec());
        return found.names().equals(names)
                && KeyAlgorithm.of(found.certificate().getPublicKey())
                        .filter(CertificateNames.algorithm(certificate.getSpec())::equals)
                        .isPresent();
    }

    private static boolean isTold(Certificate certificate) {
        return Conditions.find(certificate.getStatus(), ConditionType.PROGRAMMED)
                .filter(condition -> condition.reason().equals(CertificateReason.CertificateLost.name()))
                .isPresent();
    }
}
