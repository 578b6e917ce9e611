package io.minicloud.app.role;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when an informer has stopped for good: a brain that no longer sees changes must not look alive. Its
 * supervisor starts it again; nothing on the machine depends on it meanwhile.
 */
@ApplicationScoped
public class StoppedInformer implements InformerStoppedHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedInformer.class);

    private volatile boolean stopping;

    @Override
    @SuppressWarnings("rawtypes") // The framework's signature.
    public void onStop(SharedIndexInformer informer, @Nullable Throwable cause) {
        if (stopping || cause == null) {
            return;
        }
        LOG.atError()
                .addKeyValue("type", informer.getApiTypeClass().getSimpleName())
                .setCause(cause)
                .log("informer stopped: this process ends, its supervisor starts it again");
        Quarkus.asyncExit(1);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }
}
