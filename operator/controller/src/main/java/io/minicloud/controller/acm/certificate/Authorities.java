package io.minicloud.controller.acm.certificate;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.minicloud.api.common.Labels;
import io.minicloud.controller.certificate.SecretTexts;
import io.minicloud.controller.pki.CertificateAuthority;
import io.minicloud.controller.pki.ServerCertificate;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The authorities of the accounts: each in a Secret where no account reads it, made once and never changed, and its
 * certificate in a ConfigMap of the account. The ConfigMap comes second, and so tells that there was a Secret.
 */
final class Authorities {
    /** The ConfigMap of an account that holds the certificate of its authority. */
    static final String TRUST = "minicloud-ca";

    private final KubernetesClient client;
    private final PlanExecutor executor;
    private final Clock clock;

    Authorities(KubernetesClient client, PlanExecutor executor, Clock clock) {
        this.client = client;
        this.executor = executor;
        this.clock = clock;
    }

    /** The name of the Secret of an account's authority. */
    static String nameFor(String account) {
        return "authority-" + account;
    }

    /**
     * The authority of an account, made when there never was one, and its certificate where the account can read it.
     *
     * @param namespace of the account
     * @param account its 12-digit id
     * @param relied whether any certificate of the account lives by its authority
     */
    Resolution<CertificateAuthority> find(String namespace, String account, BooleanSupplier relied) {
        var trust = trust(namespace).get();
        if (trust != null && !Labels.MANAGER.equals(OwnerLink.label(trust, Labels.MANAGED_BY))) {
            return new Resolution.Waiting<>(
                    CertificateReason.NameTaken,
                    "ConfigMap %s of this namespace is not minicloud's: rename or delete it".formatted(TRUST));
        }
        return read(account, trust != null || relied.getAsBoolean()).then(authority -> {
            publish(namespace, authority, trust);
            return new Resolution.Resolved<>(authority);
        });
    }

    private Resolution<CertificateAuthority> read(String account, boolean relied) {
        var key = client.secrets().inNamespace(Labels.AUTHORITIES_NAMESPACE).withName(nameFor(account));
        var secret = key.get();
        if (secret == null && relied) {
            return new Resolution.Waiting<>(
                    CertificateReason.AuthorityLost,
                    remedy(account, "is gone, and what it issued is trusted by its certificate in ConfigMap " + TRUST));
        }
        if (secret == null) {
            executor.execute("Account " + account, Plan.of(new Create(client, account, clock.instant())));
            secret = key.require();
        }
        return CertificateAuthority.parse(SecretTexts.of(secret))
                .<Resolution<CertificateAuthority>>map(this::inTime)
                .orElseGet(() -> new Resolution.Waiting<>(
                        CertificateReason.AuthorityDamaged,
                        remedy(account, "holds no sound certificate and key of an authority")));
    }

    private Resolution<CertificateAuthority> inTime(CertificateAuthority authority) {
        return authority.isExpired(clock.instant())
                ? new Resolution.Waiting<>(
                        CertificateReason.AuthorityExpired,
                        "the account's authority is no longer valid; to begin with another one, an administrator deletes"
                                + " its Secret in %s, and you ConfigMap %s and your certificates, which you make anew"
                                        .formatted(Labels.AUTHORITIES_NAMESPACE, TRUST))
                : new Resolution.Resolved<>(authority);
    }

    private static String remedy(String account, String what) {
        return ("the account's authority, Secret %s in %s, %s: an administrator puts it back from a backup. Without one,"
                        + " delete that Secret, ConfigMap %s and your certificates, make them anew and trust the new authority")
                .formatted(nameFor(account), Labels.AUTHORITIES_NAMESPACE, what, TRUST);
    }

    private void publish(String namespace, CertificateAuthority authority, @Nullable ConfigMap present) {
        var data = Map.of(ServerCertificate.ROOT, authority.trust());
        if (present == null || !data.equals(present.getData())) {
            executor.execute("ConfigMap " + namespace + "/" + TRUST, Plan.of(new Publish(namespace, data, present)));
        }
    }

    private Resource<ConfigMap> trust(String namespace) {
        return client.configMaps().inNamespace(namespace).withName(TRUST);
    }

    /** Created, never applied: of two controllers one makes it, and both go by that one. */
    private record Create(KubernetesClient client, String account, Instant now) implements Action {
        @Override
        public String describe() {
            return "create the authority of account " + account;
        }

        @Override
        public void apply() {
            var secret = new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(Labels.AUTHORITIES_NAMESPACE)
                    .withName(nameFor(account))
                    .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                    .endMetadata()
                    .withType("kubernetes.io/tls")
                    .withImmutable(true)
                    .withStringData(CertificateAuthority.create(account, now).content())
                    .build();
            try {
                client.resource(secret).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private final class Publish implements Action {
        private final String namespace;
        private final Map<String, String> data;
        private final @Nullable ConfigMap present;

        Publish(String namespace, Map<String, String> data, @Nullable ConfigMap present) {
            this.namespace = namespace;
            this.data = data;
            this.present = present;
        }

        @Override
        public String describe() {
            return "write the certificate of the authority into ConfigMap " + namespace + "/" + TRUST;
        }

        @Override
        public void apply() {
            var map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(TRUST)
                    .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                    .endMetadata()
                    .withData(data)
                    .build();
            if (present == null) {
                client.resource(map).create();
            } else {
                map.getMetadata().setResourceVersion(present.getMetadata().getResourceVersion());
                client.resource(map).update();
            }
        }
    }
}
