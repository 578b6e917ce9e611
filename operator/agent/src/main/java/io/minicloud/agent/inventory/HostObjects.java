package io.minicloud.agent.inventory;

/** The objects of this host. */
@FunctionalInterface
public interface HostObjects {
    /** All of them as they are now. Throws when it cannot be known: an empty list is never a guess. */
    KnownObjects list();
}
