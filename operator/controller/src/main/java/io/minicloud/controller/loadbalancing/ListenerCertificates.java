package io.minicloud.controller.loadbalancing;

import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateStatus;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.controller.change.Progress;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The certificates of a listener. Pure. */
public final class ListenerCertificates {
    private ListenerCertificates() {}

    /**
     * Whether all that a listener names are there.
     *
     * @return itself
     */
    public static Resolution<Listener> judge(Listener listener, Estate estate) {
        return refs(listener)
                .filter(ref -> estate.certificate(ref).isEmpty())
                .findFirst()
                .<Resolution<Listener>>map(ref -> new Resolution.Waiting<>(
                        LoadBalancingReason.CertificateNotFound,
                        "Certificate %s does not exist in this namespace: make it, or name another one"
                                .formatted(ref.name())))
                .orElseGet(() -> new Resolution.Resolved<>(listener));
    }

    /** What is waited for of those that are not there, or not issued. */
    public static Optional<Progress> pending(Listener listener, Estate estate) {
        return refs(listener)
                .filter(ref -> estate.certificate(ref)
                        .flatMap(ListenerCertificates::secret)
                        .isEmpty())
                .findFirst()
                .map(ref -> Progress.pending(
                        LoadBalancingReason.CertificatePending,
                        "Certificate %s is not issued yet; see its status".formatted(ref.name())));
    }

    private static Optional<String> secret(Certificate certificate) {
        return Optional.ofNullable(certificate.getStatus()).map(CertificateStatus::certificateSecretName);
    }

    private static Stream<LocalRef> refs(Listener listener) {
        return Stream.ofNullable(listener.getSpec().certificateRefs()).flatMap(List::stream);
    }
}
