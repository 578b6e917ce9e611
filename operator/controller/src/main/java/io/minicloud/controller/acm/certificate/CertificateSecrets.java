package io.minicloud.controller.acm.certificate;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.common.Labels;
import io.minicloud.controller.certificate.SecretTexts;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.resolve.Resolution;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Secrets of an account that certificates are kept in and imported from. Read one by one, since they are others' too. */
final class CertificateSecrets {
    private static final Logger log = LoggerFactory.getLogger(CertificateSecrets.class);

    private final KubernetesClient client;

    CertificateSecrets(KubernetesClient client) {
        this.client = client;
    }

    /** The name of the Secret of a certificate. */
    static String nameFor(Certificate certificate) {
        return certificate.getMetadata().getName() + "-certificate";
    }

    /** What the Secret of a certificate holds: nothing when there is none, or when it is damaged. */
    Resolution<Optional<ServerCertificate>> held(Certificate certificate) {
        return read(certificate.getMetadata().getNamespace(), nameFor(certificate))
                .then(found -> found.isEmpty() || isOurs(certificate, found.get())
                        ? new Resolution.Resolved<>(found.map(SecretTexts::of).flatMap(ServerCertificate::parse))
                        : new Resolution.Waiting<>(
                                CertificateReason.NameTaken,
                                "Secret %s exists and does not belong to this certificate: rename or delete it"
                                        .formatted(nameFor(certificate))));
    }

    /** The texts of the Secret that a certificate is to be imported from. */
    Resolution<Map<String, String>> imported(Certificate certificate) {
        var name = certificate.getSpec().importSecretName();
        return read(certificate.getMetadata().getNamespace(), name)
                .then(found -> found.<Resolution<Map<String, String>>>map(
                                secret -> new Resolution.Resolved<>(SecretTexts.of(secret)))
                        .orElseGet(() -> new Resolution.Waiting<>(
                                CertificateReason.ImportSecretNotFound,
                                "Secret %s does not exist in this namespace: kubectl create secret tls %s --cert=FILE --key=FILE"
                                        .formatted(name, name))));
    }

    /** The step that puts a certificate into its Secret. */
    Action write(Certificate certificate, ServerCertificate content) {
        return new Write(certificate, content);
    }

    /** Deletes the Secret of a certificate if it is ours; one that may not be read goes by its owner reference. */
    void delete(Certificate certificate) {
        try {
            var present = get(certificate.getMetadata().getNamespace(), nameFor(certificate));
            if (present != null && isOurs(certificate, present)) {
                client.resource(present).delete();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            log.debug("Secret {} is left to the garbage collector", nameFor(certificate), e);
        }
    }

    private Resolution<Optional<Secret>> read(String namespace, String name) {
        try {
            return new Resolution.Resolved<>(Optional.ofNullable(get(namespace, name)));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new Resolution.Waiting<>(
                        CertificateReason.SecretsForbidden,
                        "minicloud may not keep Secrets in namespace " + namespace
                                + ": run hack/up again, or name the account in the chart's values.accounts and upgrade");
            }
            throw e;
        }
    }

    private @Nullable Secret get(String namespace, String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    private static boolean isOurs(Certificate certificate, Secret secret) {
        return Labels.MANAGER.equals(OwnerLink.label(secret, Labels.MANAGED_BY))
                && Derived.isChild(secret, certificate);
    }

    private final class Write implements Action {
        private final Certificate certificate;
        private final ServerCertificate content;

        Write(Certificate certificate, ServerCertificate content) {
            this.certificate = certificate;
            this.content = content;
        }

        @Override
        public String describe() {
            return "write certificate %s into Secret %s/%s"
                    .formatted(content.serial(), certificate.getMetadata().getNamespace(), nameFor(certificate));
        }

        @Override
        public void apply() {
            var present = get(certificate.getMetadata().getNamespace(), nameFor(certificate));
            var secret = new SecretBuilder()
                    .withMetadata(Derived.child(certificate, nameFor(certificate)))
                    .withType("kubernetes.io/tls")
                    .withStringData(content.content())
                    .build();
            if (present == null) {
                client.resource(secret).create();
                return;
            }
            if (!isOurs(certificate, present)) {
                throw new IllegalStateException("Secret " + nameFor(certificate) + " is not ours");
            }
            // Fails when somebody wrote in between: the next pass looks again.
            secret.getMetadata()
                    .setResourceVersion(
                            Objects.requireNonNull(present.getMetadata().getResourceVersion()));
            client.resource(secret).update();
        }
    }
}
