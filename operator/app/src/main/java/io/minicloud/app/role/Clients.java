package io.minicloud.app.role;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.minicloud.app.Configuration;
import io.minicloud.app.Role;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** One Kubernetes client per brain, each with its own credential and so its own rights. */
@Singleton
public class Clients {
    private final Configuration configuration;
    private final Map<Role, KubernetesClient> clients = new EnumMap<>(Role.class);

    /**
     * The clients of this process.
     *
     * @param configuration which brains run here and who they are
     */
    public Clients(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The client of a brain, made when it is first asked for. */
    public synchronized KubernetesClient of(Role role) {
        return clients.computeIfAbsent(role, this::open);
    }

    /** A new client of a brain, to be closed by the caller. */
    KubernetesClient open(Role role) {
        var kubeconfig = configuration.credential(role).kubeconfig();
        var config = kubeconfig
                .map(path -> Config.fromKubeconfig(path.toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        var builder = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withKubernetesSerialization(serialization());
        if (role == Role.CONTROLLER && ControllerLease.isNeeded(configuration)) {
            var fence = ControllerLease.fence();
            builder.withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("lease fence", fence));
        }
        return builder.build();
    }

    /**
     * What the framework itself uses, e.g. to clone objects, and what a bean gets that does not say whose client it
     * wants. Replaces the one that Quarkus would make from whatever kubeconfig lies around.
     */
    @Produces
    @Singleton
    KubernetesClient standard() {
        return of(configuration.roles().contains(Role.CONTROLLER) ? Role.CONTROLLER : Role.AGENT);
    }

    private static KubernetesSerialization serialization() {
        // One object with a field of a newer version must not stop an informer for good.
        var mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.registerModule(new SimpleModule().setDeserializerModifier(new WithoutManagedFields()));
        return new KubernetesSerialization(mapper, true);
    }

    /**
     * Who wrote which field is the API server's business. Nothing here asks for it, and kept with every object in every
     * cache it took half of the heap.
     */
    private static final class WithoutManagedFields extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1;
        private static final String FIELD = "managedFields";

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            if (ObjectMeta.class.equals(bean.getBeanClass())) {
                builder.removeProperty(PropertyName.construct(FIELD));
                builder.addIgnorable(FIELD);
            }
            return builder;
        }
    }

    @PreDestroy
    void close() {
        clients.values().forEach(KubernetesClient::close);
    }
}
