package io.minicloud.agent.stage;

import io.minicloud.agent.network.Appliance;
import io.minicloud.agent.network.ApplianceObserver;
import io.minicloud.agent.network.IpLinks;
import io.minicloud.agent.network.IpRoutes;
import io.minicloud.agent.network.Link;
import io.minicloud.agent.network.Links;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.agent.network.NftPacketFilter;
import io.minicloud.agent.network.PacketFilter;
import io.minicloud.agent.network.Router;
import io.minicloud.agent.network.RouterObserver;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * This machine's network as it is told from one moment to another.
 *
 * @param commands what it is changed and looked at with
 */
public record Kernel(RecordingCommands commands, Links links, PacketFilter filter) {
    /** The kernel that these commands speak to. */
    public static Kernel by(RecordingCommands commands) {
        return new Kernel(
                commands,
                new IpLinks(commands, new NamedNamespaces(MachineView.direct())),
                new NftPacketFilter(commands));
    }

    /** All of it that routers are made with. */
    public NetworkStack stack() {
        return new NetworkStack(links, new IpRoutes(commands), filter);
    }

    /** Everything of a router that can be told, but for what the kernel draws by lot. */
    public List<Object> look(Router router) {
        if (!links.namespaceExists(router.namespace())) {
            return List.of("no namespace");
        }
        var state = new RouterObserver(stack()).observe(router);
        return List.of(
                constant(state.links()),
                constant(state.rootLinks()),
                state.settings(),
                state.ownRoute(),
                state.ruleset(),
                constant(state.gateway().links()),
                state.gateway().settings(),
                state.gateway().routes(),
                state.gateway().ruleset(),
                String.valueOf(state.gateway().edge()),
                run("ip", "-n", router.namespace(), "rule", "show"),
                run("ip", "-n", router.namespace(), "route", "show", "table", "all"),
                run("ip", "netns", "pids", router.namespace()).lines().count() + " processes");
    }

    /** Everything of an appliance that can be told. */
    public List<Object> look(Appliance appliance) {
        if (!links.namespaceExists(appliance.namespace())) {
            return List.of("no namespace");
        }
        var state = new ApplianceObserver(stack()).observe(appliance);
        return List.of(
                constant(state.links()),
                state.waiting(),
                state.settings(),
                state.ruleset(),
                run("ip", "-n", appliance.namespace(), "route", "show", "table", "main"));
    }

    /** Deletes a namespace and whatever is in it; nothing happens when there is none. */
    public void forget(String namespace) {
        commands.run(Command.of("ip", "netns", "delete", namespace));
    }

    /** Deletes the rules that all internet gateways of a machine share. */
    public void forgetEdge() {
        commands.run(Command.of("nft", "delete", "table", "ip", "minicloud"));
    }

    private String run(String... arguments) {
        return commands.require(Command.of(arguments));
    }

    /** Only bridges have a MAC address of ours. */
    private static Map<String, Link> constant(Map<String, Link> links) {
        var told = new TreeMap<String, Link>();
        links.forEach((name, link) -> told.put(
                name,
                link.kind().equals("bridge")
                        ? link
                        : new Link(
                                name,
                                link.kind(),
                                link.alias(),
                                "",
                                link.mtu(),
                                link.up(),
                                link.carrier(),
                                link.master(),
                                link.isolated(),
                                link.addresses())));
        return told;
    }
}
