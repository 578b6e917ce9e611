package io.minicloud.agent.network;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is there of an internet gateway.
 *
 * @param links the links of its namespace by name; empty when there is none
 * @param settings the kernel settings of its namespace that matter, by name
 * @param routes the routes of its namespace by its own links
 * @param ruleset what the kernel holds of its table, empty when it is not there
 * @param edge what is there of it in the root namespace
 */
public record InternetGatewayState(
        Map<String, Link> links,
        Map<String, String> settings,
        KernelRoutes routes,
        Optional<String> ruleset,
        Edge edge) {
    /**
     * What is there in the root namespace.
     *
     * @param link the end of the outer link, null for none
     * @param settings the kernel settings of the link, by name
     * @param routes the routes by the link
     * @param ruleset what the kernel holds of the table for all gateways, empty when it is not there
     * @param exempt what the kernel holds of the gateway's own table, empty when it is not there
     * @param lan what there is of the networks of its addresses
     */
    record Edge(
            @Nullable Link link,
            Map<String, String> settings,
            KernelRoutes routes,
            Optional<String> ruleset,
            Optional<String> exempt,
            LanState lan) {}

    /** Nothing. */
    static final InternetGatewayState ABSENT = new InternetGatewayState(
            Map.of(),
            Map.of(),
            KernelRoutes.NONE,
            Optional.empty(),
            new Edge(null, Map.of(), KernelRoutes.NONE, Optional.empty(), Optional.empty(), LanState.NONE));

    boolean present() {
        return !links.isEmpty();
    }
}
