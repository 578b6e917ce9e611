package io.minicloud.agent.hostinterface;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostnetwork.RouterCompiler;
import io.minicloud.agent.network.Footprint;
import io.minicloud.agent.network.LanObserver;
import io.minicloud.agent.network.LanObstacle;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.api.host.HostNetwork;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the world knows an interface by its public addresses. */
final class PublicReach {
    private final String hostNamespace;
    private final Footprint footprint;
    private final LanObserver lan;

    PublicReach(AgentSettings settings, NetworkStack stack) {
        this.hostNamespace = settings.hostNamespace();
        this.footprint = new Footprint(stack.filter());
        this.lan = new LanObserver(stack);
    }

    /** What there is to say of it. */
    sealed interface Reach permits Known, Awaited, Kept {}

    /** By all that it has. */
    record Known() implements Reach {}

    /** The internet gateway does not exchange them yet. */
    record Awaited() implements Reach {}

    /** Something on this machine or its network stands in the way. */
    record Kept(LanObstacle obstacle) implements Reach {}

    /** Without a gateway nobody exchanges them, and nobody is to. */
    Reach of(HostInterface eni, Context<HostInterface> context) {
        var pairs = eni.getSpec().publicIpAddresses();
        if (pairs == null || pairs.isEmpty()) {
            return new Known();
        }
        var network = context.getClient()
                .resources(HostNetwork.class)
                .inNamespace(hostNamespace)
                .withName(eni.getSpec().vpcId())
                .get();
        if (network == null || network.getSpec().internetGateway() == null) {
            return new Known();
        }
        return of(eni, network.getSpec().internetGateway().internetGatewayId(), pairs);
    }

    private Reach of(HostInterface eni, String gatewayId, List<PublicAddress> pairs) {
        var obstacles = new TreeMap<String, LanObstacle>();
        RouterCompiler.lan(eni.getSpec()).forEach(address -> lan.obstacle(address)
                .ifPresent(obstacle -> obstacles.put(address.address(), obstacle)));
        var exchanged = footprint.isExchanged(
                gatewayId,
                pairs.stream()
                        .filter(pair -> !obstacles.containsKey(pair.publicIp()))
                        .collect(Collectors.toMap(PublicAddress::privateIpAddress, PublicAddress::publicIp)));
        if (!exchanged) {
            return new Awaited();
        }
        return obstacles.isEmpty()
                ? new Known()
                : new Kept(obstacles.firstEntry().getValue());
    }
}
