package io.minicloud.agent.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The packet filter of network namespaces. */
public interface PacketFilter {
    /**
     * What the kernel holds of our tables, in the filter's own words.
     *
     * @param namespace a network namespace that exists; null for the root namespace
     * @param families of the tables {@code minicloud}; for another table, its family and name
     * @return empty when one of the tables is not there
     */
    Optional<String> listing(@Nullable String namespace, List<String> families);

    /**
     * Whether the kernel holds a table.
     *
     * @param namespace a network namespace that exists
     * @param table family and name
     */
    default boolean holds(String namespace, String table) {
        return tables(namespace).contains(table);
    }

    /**
     * The tables that the kernel holds, each by family and name.
     *
     * @param namespace a network namespace that exists; null for the root namespace
     */
    Set<String> tables(@Nullable String namespace);

    /**
     * What {@link #listing} would say once these rules were loaded. It is found by loading them into a namespace that
     * nobody sees, so a difference is a difference in the kernel, not in spelling.
     *
     * @param families of the tables that the rules make, as there
     * @param ruleset a transaction
     */
    String normal(List<String> families, String ruleset);

    /**
     * Replaces the tables in one transaction: a packet meets the old rules or the new ones. Tracked flows live on.
     *
     * @param namespace a network namespace that exists; null for the root namespace
     * @param ruleset a transaction
     */
    void load(@Nullable String namespace, String ruleset);
}
