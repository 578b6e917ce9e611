package io.minicloud.agent.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Network namespaces, links, routes and the kernel's network settings. A null namespace is the root namespace. */
public interface Links {
    /** Whether a namespace of this name is there. */
    boolean namespaceExists(String namespace);

    /**
     * Makes a namespace that carries a tag from its first moment.
     *
     * @param namespace its name
     * @param tag the alias of its loopback link
     */
    void createNamespace(String namespace, String tag);

    /**
     * Names the namespace of a process.
     *
     * @param namespace the name, which no other has
     * @param pid the process
     */
    void nameNamespace(String namespace, long pid);

    /** Removes a namespace; nothing happens when there is none. */
    void deleteNamespace(String namespace);

    /** All links of a namespace by name. */
    Map<String, Link> list(@Nullable String namespace);

    /** One link, empty when there is none. */
    Optional<Link> find(@Nullable String namespace, String name);

    /**
     * Runs lines of {@code ip}, in order, up to the first that fails.
     *
     * @param namespace where
     * @param lines without the leading {@code ip}
     */
    void change(@Nullable String namespace, List<String> lines);

    /** The values of kernel settings; settings that this kernel does not have are left out. */
    Map<String, String> settings(@Nullable String namespace, List<String> names);

    /** Writes kernel settings. */
    void set(@Nullable String namespace, Map<String, String> settings);

    /** The next hop of a packet that the namespace itself sends to a far address; empty when it has no way. */
    Optional<String> ownNextHop(String namespace);

    /** Whether a rule names this routing table. */
    boolean isLookedUp(String namespace, String table);
}
