package io.minicloud.agent.network;

import java.util.Map;
import java.util.Optional;

/**
 * What is there of a router.
 *
 * @param present whether its namespace is there
 * @param links its links by name
 * @param rootLinks the links of the root namespace that have the name of its service link, by name
 * @param settings the kernel settings that matter, by name
 * @param ownRoute the next hop of the router's own packets, empty for none
 * @param ruleset what the kernel holds of its tables, empty when they are not there
 * @param routes its routing tables
 * @param neighbours whom it has learned to have an address
 * @param gateway what is there of the internet gateway that it should have; nothing where it should have none
 */
public record RouterState(
        boolean present,
        Map<String, Link> links,
        Map<String, Link> rootLinks,
        Map<String, String> settings,
        Optional<String> ownRoute,
        Optional<String> ruleset,
        KernelRoutes routes,
        LearnedNeighbours neighbours,
        InternetGatewayState gateway) {
    /** Nothing is there of the router itself. */
    static RouterState absent(Map<String, Link> rootLinks, InternetGatewayState gateway) {
        return new RouterState(
                false,
                Map.of(),
                rootLinks,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                KernelRoutes.NONE,
                LearnedNeighbours.NONE,
                gateway);
    }
}
