package io.minicloud.agent.host;

import io.minicloud.api.host.HostStatus;
import java.util.List;

/** What lies on this machine with the tag of this installation although no object speaks of it. */
@FunctionalInterface
public interface Inventory {
    /** The unknown things, in a stable order. They are told of, never removed. */
    List<HostStatus.Unknown> unknown();
}
