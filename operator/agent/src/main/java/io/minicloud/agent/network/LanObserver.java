package io.minicloud.agent.network;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the networks on which this machine is, and for whom it answers there. */
public final class LanObserver {
    private final Links links;
    private final Routes routes;

    /** An observer of this network stack. */
    public LanObserver(NetworkStack stack) {
        this.links = stack.links();
        this.routes = stack.routes();
    }

    LanState observe(Collection<LanAddress> wanted) {
        var answered = routes.proxied();
        if (wanted.isEmpty()) {
            return new LanState(LanState.NONE.links(), List.of(), Set.of(), answered);
        }
        var known = new LanState(links.list(null), routes.defaults(), Set.of(), answered);
        var uplinks = wanted.stream()
                .flatMap(address -> known.uplink(address).stream())
                .map(Link::name)
                .collect(Collectors.toSet());
        var settings = links.settings(
                null, uplinks.stream().map(RouterSettings::forwardingOf).toList());
        return new LanState(
                known.links(),
                known.defaults(),
                uplinks.stream()
                        .filter(name -> "1".equals(settings.get(RouterSettings.forwardingOf(name))))
                        .collect(Collectors.toSet()),
                answered);
    }

    /** Why an address is not given to its network, or does not work there; empty when it does. */
    public Optional<LanObstacle> obstacle(LanAddress wanted) {
        return LanRules.obstacle(wanted, observe(List.of(wanted)));
    }
}
