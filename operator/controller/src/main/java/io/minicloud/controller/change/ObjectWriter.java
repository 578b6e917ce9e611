package io.minicloud.controller.change;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Where plans write Kubernetes objects. */
public interface ObjectWriter {
    /** Makes the object as given, by server-side apply; what others manage in it stays. */
    void apply(HasMetadata resource);

    /** Asks for the object's deletion; one that is gone already is success. */
    void delete(HasMetadata resource);
}
