package io.minicloud.agent.container;

import io.minicloud.reconcile.identity.OwnerTag;
import java.util.List;
import java.util.Optional;

/**
 * The containers of this installation on this machine; others are neither seen nor touched. Each call is bounded in time and throws
 * {@link io.minicloud.agent.process.CommandFailedException} when the machine refuses.
 */
public interface Containers {
    /** Why no container can run on this machine and what to do about it; empty when nothing is in the way. */
    Optional<String> obstacle();

    /**
     * The reference by which {@link Container#image()} names an image; another one when its content changes.
     *
     * @param name for example {@code haproxy}
     * @return empty when this machine was not given that image
     */
    Optional<String> image(String name);

    /** Those with this tag, in no order: one look for all containers of an appliance. */
    List<ContainerState> find(OwnerTag owner);

    /** Every one with a tag of this installation and host, in no order. */
    List<ContainerState> all();

    /**
     * Makes a container and starts it. What has its name already is removed, the image is loaded if it is not yet, and what it is made
     * of runs outside of the agent's control groups and lives on without it.
     */
    void start(Container container);

    /** Ends a container, at once, and removes what is left of it; nothing when it is gone. */
    void remove(String name);

    /** What it last printed, at most 20 lines, to say why it ended; empty when it is gone. */
    String lastWords(String name);
}
