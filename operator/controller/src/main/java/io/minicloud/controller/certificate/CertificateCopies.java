package io.minicloud.controller.certificate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.acm.CertificateStatus;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.hostsecret.HostSecrets;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Certificates on their way to a host: the certificate with its chain, and the key, in a Secret of the host's namespace.
 * The root stays behind: whoever trusts it has it (RFC 8446, 4.4.2).
 */
public final class CertificateCopies {
    private CertificateCopies() {}

    /** The Secret that holds a certificate; empty before there is one. */
    public static Optional<Secret> source(KubernetesClient client, Certificate certificate) {
        return Optional.ofNullable(certificate.getStatus())
                .map(CertificateStatus::certificateSecretName)
                .map(name -> client.secrets()
                        .inNamespace(certificate.getMetadata().getNamespace())
                        .withName(name)
                        .get());
    }

    /**
     * The Secret of the host's namespace.
     *
     * @param owner whose it becomes, e.g. a load balancer
     * @param consumer who reads it on the host: its name begins with that
     * @param hostNamespace where it is to be
     * @param certificate the certificate
     * @param source the Secret that holds it
     */
    public static Resolution<Secret> copy(
            HasMetadata owner,
            String consumer,
            String hostNamespace,
            Certificate certificate,
            Optional<Secret> source) {
        return source.filter(secret -> Derived.isChild(secret, certificate))
                .map(SecretTexts::of)
                .flatMap(ServerCertificate::parse)
                .<Resolution<Secret>>map(held -> {
                    var content = withoutRoot(held.content());
                    var name = HostSecrets.name(consumer, String.join("", content.values()));
                    return new Resolution.Resolved<>(HostSecrets.secret(owner, hostNamespace, name, content));
                })
                .orElseGet(() -> new Resolution.Waiting<>(
                        CertificateUseReason.CertificatePending,
                        "Certificate %s is not issued yet; see its status"
                                .formatted(certificate.getMetadata().getName())));
    }

    private static Map<String, String> withoutRoot(Map<String, String> content) {
        var served = new LinkedHashMap<>(content);
        served.remove(ServerCertificate.ROOT);
        return served;
    }
}
