package io.minicloud.controller.acm.certificate;

import io.minicloud.api.acm.Certificate;
import io.minicloud.controller.pki.CertificateAuthority;
import io.minicloud.controller.pki.CertificateImport;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One pass over a certificate of an account. */
final class CertificateProvisioner {
    private final Certificate certificate;
    private final CertificateSecrets secrets;
    private final Authorities authorities;
    private final PlanExecutor executor;
    private final Clock clock;

    CertificateProvisioner(
            Certificate certificate,
            CertificateSecrets secrets,
            Authorities authorities,
            PlanExecutor executor,
            Clock clock) {
        this.certificate = certificate;
        this.secrets = secrets;
        this.authorities = authorities;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Brings the certificate into force.
     *
     * @param account the 12-digit id
     * @param relied whether any certificate of the account lives by its authority
     */
    CertificateView provision(String account, BooleanSupplier relied) {
        return Judgement.fold(
                secrets.held(certificate),
                held -> certificate.getSpec().importSecretName() == null
                        ? issued(account, relied, held)
                        : imported(account, held),
                (reason, message) -> CertificateView.held(account, reason, message, Optional.empty()));
    }

    private CertificateView issued(String account, BooleanSupplier relied, Optional<ServerCertificate> held) {
        var namespace = certificate.getMetadata().getNamespace();
        return Judgement.fold(
                authorities.find(namespace, account, relied),
                authority -> issued(account, authority, held),
                (reason, message) -> CertificateView.held(account, reason, message, held));
    }

    private CertificateView issued(String account, CertificateAuthority authority, Optional<ServerCertificate> held) {
        var now = clock.instant();
        return switch (Issuance.next(certificate, held, authority, now)) {
            case KEEP -> CertificateView.inForce(account, CertificateReason.Issued, held.orElseThrow());
            case ISSUE -> {
                var spec = certificate.getSpec();
                var issued = authority.issue(CertificateNames.of(spec), CertificateNames.algorithm(spec), now);
                yield write(account, CertificateReason.Issued, issued);
            }
            case TELL ->
                CertificateView.held(
                        account,
                        CertificateReason.CertificateLost,
                        "Secret %s is gone or holds another certificate: another one is issued, with a new key"
                                .formatted(CertificateSecrets.nameFor(certificate)),
                        Optional.empty());
        };
    }

    private CertificateView imported(String account, Optional<ServerCertificate> held) {
        return Judgement.fold(
                secrets.imported(certificate)
                        .then(content -> CertificateImport.judge(content, clock.instant()))
                        .then(wanted -> Reimport.judge(certificate, wanted)),
                wanted -> held.filter(found -> found.content().equals(wanted.content()))
                        .map(found -> CertificateView.inForce(account, CertificateReason.Imported, found))
                        .orElseGet(() -> write(account, CertificateReason.Imported, wanted)),
                (reason, message) -> CertificateView.refused(account, reason, message, held));
    }

    private CertificateView write(String account, CertificateReason reason, ServerCertificate content) {
        executor.execute(Indexes.key(certificate), Plan.of(secrets.write(certificate, content)));
        return CertificateView.inForce(account, reason, content);
    }
}
