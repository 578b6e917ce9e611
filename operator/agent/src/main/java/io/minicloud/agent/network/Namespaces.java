package io.minicloud.agent.network;

import java.util.List;

/** The network namespaces of this machine that have a name. */
@FunctionalInterface
public interface Namespaces {
    /** Their names. */
    List<String> names();
}
