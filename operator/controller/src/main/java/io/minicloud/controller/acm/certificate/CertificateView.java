package io.minicloud.controller.acm.certificate;

import io.minicloud.controller.change.Progress;
import io.minicloud.controller.pki.ServerCertificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pass came to.
 *
 * @param account the 12-digit id; null when the namespace is none
 * @param accepted whether it can be had as it is asked for
 * @param programmed whether the one in force is as it should be
 * @param held the one in force
 */
record CertificateView(
        @Nullable String account, Progress accepted, Progress programmed, Optional<ServerCertificate> held) {
    /** It cannot be had as it is asked for; what was had before stays in force. */
    static CertificateView refused(
            @Nullable String account, Enum<?> reason, String message, Optional<ServerCertificate> held) {
        var refusal = Progress.pending(reason, message);
        return new CertificateView(account, refusal, refusal, held);
    }

    /** It can be had, and something stands in the way. */
    static CertificateView held(String account, Enum<?> reason, String message, Optional<ServerCertificate> held) {
        return new CertificateView(account, sound(), Progress.pending(reason, message), held);
    }

    /** All is as it should be. */
    static CertificateView inForce(String account, CertificateReason reason, ServerCertificate held) {
        return new CertificateView(account, sound(), Progress.done(reason, ""), Optional.of(held));
    }

    /** Whether the next pass is to follow at once. */
    boolean isLost() {
        return programmed.reason() == CertificateReason.CertificateLost;
    }

    private static Progress sound() {
        return Progress.done(CertificateReason.Accepted, "");
    }
}
