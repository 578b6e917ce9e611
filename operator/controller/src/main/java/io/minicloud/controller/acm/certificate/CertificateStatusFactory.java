package io.minicloud.controller.acm.certificate;

import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.pki.ImportReason;
import io.minicloud.controller.pki.KeyAlgorithm;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a Certificate. */
final class CertificateStatusFactory {
    private final String region;
    private final Clock clock;

    CertificateStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    CertificateStatus status(Certificate certificate, CertificateView view, @Nullable List<String> inUseBy) {
        var conditions = Verdict.conditions(certificate, clock);
        Verdict.say(conditions, ConditionType.ACCEPTED, view.accepted());
        Verdict.say(conditions, ConditionType.PROGRAMMED, view.programmed());
        Verdict.say(conditions, ConditionType.READY, ready(certificate, view));
        return status(certificate, conditions, facts(certificate, view), new Use(state(view), inUseBy));
    }

    CertificateStatus deleting(Certificate certificate, Progress waiting, @Nullable List<String> inUseBy) {
        var conditions = Verdict.deleting(Verdict.conditions(certificate, clock), CertificateReason.Accepted, waiting);
        var before = certificate.getStatus();
        var state = before == null ? "PENDING_VALIDATION" : before.status();
        return status(certificate, conditions, Facts.of(before), new Use(state, inUseBy));
    }

    /** What is in force serves on, whatever stands in the way of another one. */
    private Progress ready(Certificate certificate, CertificateView view) {
        return view.held()
                .map(held -> held.isValid(clock.instant())
                        ? Progress.done(reason(certificate), "")
                        : Progress.pending(
                                CertificateReason.Expired, "it was valid until %s".formatted(held.notAfter())))
                .orElse(view.programmed());
    }

    private String state(CertificateView view) {
        return view.held()
                .map(held -> held.isValid(clock.instant()) ? "ISSUED" : "EXPIRED")
                .orElse(
                        view.accepted().reason() instanceof ImportReason
                                        || view.accepted().reason() == CertificateReason.LimitExceededException
                                ? "FAILED"
                                : "PENDING_VALIDATION");
    }

    private static CertificateReason reason(Certificate certificate) {
        return isImported(certificate) ? CertificateReason.Imported : CertificateReason.Issued;
    }

    private static boolean isImported(Certificate certificate) {
        return certificate.getSpec().importSecretName() != null;
    }

    private Facts facts(Certificate certificate, CertificateView view) {
        var arn = view.account() == null
                ? Facts.of(certificate.getStatus()).arn()
                : Arn.of(
                        "acm",
                        region,
                        view.account(),
                        "certificate/" + certificate.getMetadata().getUid());
        return view.held().map(held -> Facts.of(arn, held)).orElseGet(() -> Facts.of(certificate.getStatus())
                .named(arn));
    }

    private static CertificateStatus status(
            Certificate certificate, ConditionBuilder conditions, Facts facts, Use use) {
        var imported = isImported(certificate);
        var there = facts.serial() != null;
        return new CertificateStatus(
                conditions.build(),
                certificate.getMetadata().getGeneration(),
                facts.arn(),
                imported ? "IMPORTED" : "PRIVATE",
                use.state(),
                facts.domainName(),
                facts.names(),
                facts.keyAlgorithm(),
                facts.serial(),
                facts.subject(),
                facts.issuer(),
                facts.notBefore(),
                facts.notAfter(),
                imported ? "INELIGIBLE" : "ELIGIBLE",
                there ? CertificateSecrets.nameFor(certificate) : null,
                there && !imported ? Authorities.TRUST : null,
                use.inUseBy());
    }

    /** What a status tells of the object. */
    private record Use(String state, @Nullable List<String> inUseBy) {}

    /** What a status tells of the certificate itself. */
    private record Facts(
            @Nullable String arn,
            @Nullable String domainName,
            @Nullable List<String> names,
            @Nullable String keyAlgorithm,
            @Nullable String serial,
            @Nullable String subject,
            @Nullable String issuer,
            @Nullable String notBefore,
            @Nullable String notAfter) {
        static Facts of(@Nullable String arn, ServerCertificate held) {
            var certificate = held.certificate();
            return new Facts(
                    arn,
                    held.domainName(),
                    held.names(),
                    KeyAlgorithm.of(certificate.getPublicKey())
                            .map(KeyAlgorithm::awsName)
                            .orElse(null),
                    held.serial(),
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    held.notBefore().toString(),
                    held.notAfter().toString());
        }

        /** What was told before: of a certificate that cannot be seen now. */
        static Facts of(@Nullable CertificateStatus before) {
            return before == null
                    ? new Facts(null, null, null, null, null, null, null, null, null)
                    : new Facts(
                            before.certificateArn(),
                            before.domainName(),
                            before.subjectAlternativeNames(),
                            before.keyAlgorithm(),
                            before.serial(),
                            before.subject(),
                            before.issuer(),
                            before.notBefore(),
                            before.notAfter());
        }

        Facts named(@Nullable String other) {
            return new Facts(other, domainName, names, keyAlgorithm, serial, subject, issuer, notBefore, notAfter);
        }
    }
}
