package io.minicloud.app.wiring;

import io.minicloud.api.common.Labels;
import io.minicloud.app.Role;
import io.minicloud.app.role.Clients;
import jakarta.inject.Singleton;

/** Which installation this is: the one that the namespace {@code minicloud-system} marks. */
@Singleton
public class Installation {
    private final Clients clients;

    /**
     * An installation.
     *
     * @param clients how it is read
     */
    public Installation(Clients clients) {
        this.clients = clients;
    }

    /** The uid of the namespace, as this brain reads it. */
    public String id(Role role) {
        var namespace =
                clients.of(role).namespaces().withName(Labels.SYSTEM_NAMESPACE).get();
        if (namespace == null) {
            throw new IllegalStateException(
                    "namespace " + Labels.SYSTEM_NAMESPACE + " is not there: install the chart helm/minicloud first");
        }
        return namespace.getMetadata().getUid();
    }
}
