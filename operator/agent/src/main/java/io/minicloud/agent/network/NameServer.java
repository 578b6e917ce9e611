package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.OwnerTag;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where this machine answers the world for the names that all VPCs know: a namespace of its own, so that nothing else of the machine
 * has these addresses, and the machine's own have nothing of this.
 *
 * @param id the name of the namespace after its prefix, AWS-shaped
 * @param owner the tag on everything of it
 * @param addresses the public addresses; empty: it is not there
 * @param lan those of them that are a part of a network on which this machine is
 */
public record NameServer(String id, OwnerTag owner, Set<String> addresses, Set<LanAddress> lan) {
    /** Checks and copies. */
    public NameServer {
        Syntax.id(id);
        addresses.forEach(Ipv4::parse);
        addresses = Set.copyOf(addresses);
        lan = Set.copyOf(lan);
    }

    /** The network namespace. */
    String namespace() {
        return Router.namespaceOf(id);
    }

    /** The way to it is that to an internet gateway which translates nothing. */
    InternetGateway edge() {
        return new InternetGateway(
                id, addresses.stream().collect(Collectors.toMap(Function.identity(), Function.identity())), lan);
    }
}
