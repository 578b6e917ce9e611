package io.minicloud.agent.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the root namespace is of the networks on which this machine is.
 *
 * @param links its links by name; none where no address of such a network is wanted
 * @param defaults its default routes, the preferred one first
 * @param forwarding the links that pass on what comes in by them
 * @param answered the addresses for which it answers by our hand
 */
record LanState(
        Map<String, Link> links, List<DefaultRoute> defaults, Set<String> forwarding, Set<ProxiedAddress> answered) {
    /** Nothing. */
    static final LanState NONE = new LanState(Map.of(), List.of(), Set.of(), Set.of());

    /** The link by which the network of an address is reached; empty when there is no such link. */
    Optional<Link> uplink(LanAddress wanted) {
        return Optional.ofNullable(wanted.uplink())
                .or(() -> defaults.stream().findFirst().map(DefaultRoute::link))
                .map(links::get);
    }
}
