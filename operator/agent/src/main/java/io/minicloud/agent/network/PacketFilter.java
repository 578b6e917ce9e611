package io.minicloud.agent.network;

import java.util.Optional;

/** The packet filter of network namespaces. */
public interface PacketFilter {
    /**
     * What the kernel holds of the router's tables, in the filter's own words.
     *
     * @param namespace a network namespace that exists
     * @return empty when one of the tables is not there
     */
    Optional<String> listing(String namespace);

    /**
     * What {@link #listing} would say once these rules were loaded. It is found by loading them into a namespace that
     * nobody sees, so a difference is a difference in the kernel, not in spelling.
     *
     * @param ruleset a transaction
     */
    String normal(String ruleset);

    /**
     * Replaces the tables in one transaction: a packet meets the old rules or the new ones. Tracked flows live on.
     *
     * @param namespace a network namespace that exists
     * @param ruleset a transaction
     */
    void load(String namespace, String ruleset);
}
