package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.identity.Sha256;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Routers in the kernel and guests that are namespaces with one veth; all of it goes with {@link #close}. */
final class Lab implements AutoCloseable {
    /** Long enough for a busy machine, short enough to wait for a packet that must not come. */
    private static final int CONNECT_MS = 1500;

    final Commands commands = new SystemCommands(MachineView.direct());
    final Links links = new IpLinks(commands, new NamedNamespaces(MachineView.direct()));
    final PacketFilter filter;
    final RouterPlanner planner;
    final NetworkStack stack;
    final RouterObserver observer;
    final Ports ports;
    final AppliancePlanner appliances;
    final NamespaceEntry entry = new NamespaceEntry(new NamedNamespaces(MachineView.direct()));
    final String run = UUID.randomUUID().toString();
    private final Set<String> namespaces = new LinkedHashSet<>();
    private final Set<String> edges = new LinkedHashSet<>();

    Lab() {
        this(UnaryOperator.identity());
    }

    /** One whose rules pass through something else on their way to the kernel. */
    Lab(UnaryOperator<PacketFilter> around) {
        filter = around.apply(new NftPacketFilter(commands));
        planner = new RouterPlanner(links, filter);
        stack = new NetworkStack(links, new IpRoutes(commands), filter);
        observer = new RouterObserver(stack);
        ports = new Ports(links, filter);
        appliances = new AppliancePlanner(links, filter);
    }

    String id(String prefix, String name) {
        return prefix + "-0" + Sha256.hex(run + name).substring(0, 16);
    }

    OwnerTag owner() {
        return new OwnerTag("lab-" + run.substring(0, 8), "minicloud-host-lab", "hostnetwork", run);
    }

    Plan planFor(Router router) {
        namespaces.add(router.namespace());
        if (router.routing().gateway() != null) {
            namespaces.add(router.routing().gateway().namespace());
            edges.add(router.routing().gateway().atEdge());
        }
        return planner.plan(router, observer.observe(router));
    }

    Plan planFor(Appliance appliance) {
        namespaces.add(appliance.namespace());
        return appliances.plan(appliance, new ApplianceObserver(stack).observe(appliance));
    }

    /** One pass over each port of an appliance, as its HostInterface does, and one over itself. */
    void apply(Router router, Appliance appliance) {
        router.interfaces().stream()
                .filter(eni ->
                        appliance.interfaces().stream().anyMatch(its -> its.id().equals(eni.id())))
                .forEach(eni -> makePort(router, eni));
        new PlanExecutor(Checkpoint.NONE).execute("test", planFor(appliance));
    }

    /** Makes the port of an ENI; its other end waits beside it. */
    void makePort(Router router, Router.Interface eni) {
        var port = port(router, eni);
        new PlanExecutor(Checkpoint.NONE).execute("test", ports.plan(port, ports.observe(port), false));
    }

    void apply(Router router) {
        apply(router, Checkpoint.NONE);
    }

    void apply(Router router, Checkpoint checkpoint) {
        new PlanExecutor(checkpoint).execute("test", planFor(router));
    }

    /** Makes the port of an ENI and a guest at its other end, as an appliance would be. */
    void boot(Router router, Router.Interface eni) {
        makePort(router, eni);
        var guest = guest(eni);
        namespaces.add(guest);
        var gateway = router.subnets().stream()
                .filter(subnet -> subnet.id().equals(eni.subnetId()))
                .findFirst()
                .orElseThrow();
        var prefix = Ipv4Range.parse(gateway.range()).prefix();
        run("ip", "netns", "add", guest);
        run("ip", "-n", router.namespace(), "link", "set", Port.peerOf(eni.id()), "netns", guest, "name", "eth0");
        run("ip", "-n", guest, "link", "set", "lo", "up");
        run("ip", "-n", guest, "link", "set", "eth0", "up");
        run("ip", "-n", guest, "address", "add", eni.addresses().getFirst() + "/" + prefix, "dev", "eth0");
        run("ip", "-n", guest, "route", "add", "default", "via", gateway.gateway());
    }

    Port port(Router router, Router.Interface eni) {
        return new Port(
                eni.id(),
                router.vpcId(),
                eni.subnetId(),
                eni.mac(),
                Port.Type.VETH,
                new OwnerTag(router.owner().installationId(), "minicloud-host-lab", "hostinterface", run));
    }

    /** An ENI of one address; the last digit of its MAC address is its name. */
    Router.Interface eni(String name, String subnet, String address, List<String> groups, boolean check) {
        var id = id("eni", name);
        return new Router.Interface(
                id,
                subnet,
                Router.Interface.portOf(id),
                "02:00:00:00:00:0" + name,
                List.of(address),
                groups,
                check,
                null);
    }

    String guest(Router.Interface eni) {
        return "lab-" + eni.id();
    }

    /** Whether a fresh nonce from one guest arrives at the other over TCP, from the address given. */
    boolean reaches(Router.Interface from, String source, Router.Interface to, String destination) {
        var nonce = UUID.randomUUID().toString();
        try (var server = entry.call(guest(to), () -> new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0")));
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setSoTimeout(CONNECT_MS);
            var heard = pool.submit(() -> hear(server));
            entry.call(guest(from), () -> say(source, destination, server.getLocalPort(), nonce));
            return nonce.equals(heard.get());
        } catch (IOException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a listener in the root namespace at this address can be reached from a namespace. */
    boolean connectsToRoot(String namespace, String address) {
        try (var server = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return entry.call(namespace, () -> connect(address, server.getLocalPort()));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean connect(String address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MS);
            return true;
        }
    }

    boolean reaches(Router.Interface from, Router.Interface to) {
        return reaches(from, from.addresses().getFirst(), to, to.addresses().getFirst());
    }

    private static String hear(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.setSoTimeout(CONNECT_MS);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "nothing";
        }
    }

    private static boolean say(String source, String destination, int port, String nonce) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(new InetSocketAddress(destination, port), CONNECT_MS);
            socket.getOutputStream().write(nonce.getBytes(StandardCharsets.UTF_8));
            return true;
        }
    }

    String run(String... arguments) {
        return commands.require(Command.of(arguments));
    }

    void own(String namespace) {
        namespaces.add(namespace);
    }

    /** What a person would look at when a test fails. */
    String dump(Router router) {
        var text = new ArrayList<String>();
        for (var words :
                List.of(List.of("ip", "-d", "address"), List.of("ip", "route"), List.of("nft", "list", "ruleset"))) {
            text.add(commands.run(Command.of(words.toArray(String[]::new)).inNamespace(router.namespace()))
                    .stdout());
        }
        return String.join("\n", text);
    }

    /** What nobody else's gateway needs goes too. */
    private void closeEdge() {
        edges.forEach(edge -> commands.run(Command.of("ip", "link", "delete", edge)));
        if (!edges.isEmpty()
                && links.list(null).keySet().stream()
                        .noneMatch(link -> link.startsWith(InternetGateway.AT_EDGE_PREFIX))) {
            commands.run(Command.of("nft", "delete", "table", "ip", "minicloud"));
        }
    }

    @Override
    public void close() {
        closeEdge();
        namespaces.forEach(namespace -> commands.run(Command.of("ip", "netns", "delete", namespace)));
    }
}
