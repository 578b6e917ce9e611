package io.minicloud.agent.container;

import io.minicloud.reconcile.identity.OwnerTag;

/**
 * A container that is there.
 *
 * @param name its name
 * @param owner the tag on it
 * @param image the name of the image that it is of, for example {@code haproxy}
 * @param digest of the wish that it was made from; empty when it has not run since the machine was started
 * @param running whether its process runs
 * @param pid of its first process, as the machine sees it; 0 while it does not run
 * @param exitCode with which it ended; 0 while it runs
 * @param strayed whether it runs in a network namespace that has lost its name, or whose name another has now
 */
public record ContainerState(
        String name,
        OwnerTag owner,
        String image,
        String digest,
        boolean running,
        long pid,
        int exitCode,
        boolean strayed) {}
