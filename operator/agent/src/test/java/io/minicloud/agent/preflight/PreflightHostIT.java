package io.minicloud.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.hypervisor.HypervisorException;
import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandResult;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.reconcile.identity.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at this machine in a network namespace of its own, with its real programs. Needs root. */
class PreflightHostIT {
    private static final String SERVICE_CIDR = "100.64.0.0/16";
    private static final Pattern OPENING = Pattern.compile("drops it: (.*), (and the same|again after)");

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    /** Long enough for a busy machine, short enough to wait for a packet that must not come. */
    private static final int CONNECT_MS = 1500;

    private final String nonce = Sha256.hex(UUID.randomUUID().toString()).substring(0, 11);
    private final String namespace = "lab-" + nonce;
    private final String router = "lab-r" + nonce;
    private final String world = "lab-w" + nonce;

    @TempDir
    private Path home;

    /** A router behind a service link, the machine, and the world beyond its uplink. */
    @BeforeEach
    void make() {
        for (var name : List.of(namespace, router, world)) {
            run("ip", "netns", "add", name);
        }
        inside("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", world);
        inside("ip", "link", "add", "mcl" + nonce, "type", "veth", "peer", "name", "mcservice", "netns", router);
        address(namespace, "eth0", "192.0.2.2/24");
        address(world, "eth0", "192.0.2.1/24");
        address(namespace, "mcl" + nonce, "100.64.0.0/31");
        address(router, "mcservice", "100.64.0.1/31");
        run("ip", "-n", router, "route", "add", "default", "via", "100.64.0.0");
        run("ip", "-n", world, "route", "add", "100.64.0.0/31", "via", "192.0.2.2");
        inside("ip", "route", "add", "default", "via", "192.0.2.1");
        inside("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
    }

    @AfterEach
    void remove() {
        for (var name : List.of(router, world, namespace)) {
            commands.run(Command.of("ip", "netns", "delete", name));
        }
    }

    private void address(String where, String link, String address) {
        run("ip", "-n", where, "address", "add", address, "dev", link);
        run("ip", "-n", where, "link", "set", link, "up");
    }

    @Test
    void findsNothingInTheWayOfAPlainMachine() {
        assertThat(look(Topic.PackagesInstalled).reason()).isEqualTo(PreflightReason.Good);
        assertThat(look(Topic.ForwardingAllowed).reason()).isEqualTo(PreflightReason.Good);
        assertThat(look(Topic.AddressRangeFree).reason()).isEqualTo(PreflightReason.Good);
        assertThat(look(Topic.LibvirtReachable).reason()).isEqualTo(PreflightReason.LibvirtUnreachable);
        assertThat(theRouterReachesTheWorld()).isTrue();
    }

    @Test
    void seesThatNothingIsForwarded() {
        inside("sysctl", "-q", "-w", "net.ipv4.ip_forward=0");

        assertThat(look(Topic.ForwardingAllowed).reason()).isEqualTo(PreflightReason.ForwardingOff);
        assertThat(theRouterReachesTheWorld()).isFalse();
    }

    @Test
    void findsAChainThatDropsAndOpensItWithItsOwnCommand() {
        inside(
                "nft",
                "add table inet house; add chain inet house way { type filter hook forward priority 0; policy drop; }");

        var found = look(Topic.ForwardingAllowed);
        assertThat(found.reason()).isEqualTo(PreflightReason.FirewallDrops);
        assertThat(found.message()).contains("chain way of table inet house");
        assertThat(theRouterReachesTheWorld()).isFalse();

        open(found);
        assertThat(look(Topic.ForwardingAllowed).reason()).isEqualTo(PreflightReason.Good);
        assertThat(theRouterReachesTheWorld()).isTrue();
    }

    @Test
    void findsThePolicyOfDockerAndOpensItWithItsOwnCommand() {
        for (var line : List.of("-P FORWARD DROP", "-N DOCKER-USER", "-A FORWARD -j DOCKER-USER")) {
            inside(("iptables " + line).split(" "));
        }

        var found = look(Topic.ForwardingAllowed);
        assertThat(found.reason()).isEqualTo(PreflightReason.FirewallDrops);
        assertThat(found.message()).contains("DOCKER-USER");
        assertThat(theRouterReachesTheWorld()).isFalse();

        open(found);
        assertThat(look(Topic.ForwardingAllowed).reason()).isEqualTo(PreflightReason.Good);
        assertThat(theRouterReachesTheWorld()).isTrue();
    }

    @Test
    void findsARouteIntoTheServiceRangeInAnyTable() {
        inside("ip", "route", "add", "100.64.9.0/24", "dev", "eth0", "table", "52");

        var found = look(Topic.AddressRangeFree);
        assertThat(found.reason()).isEqualTo(PreflightReason.RangeOverlaps);
        assertThat(found.message()).contains("100.64.9.0/24 leads by eth0");
    }

    @Test
    void namesAProgramThatThePathDoesNotHave() throws IOException {
        var path = Files.createDirectory(home.resolve("path"));
        for (var program : HostProgram.names()) {
            if (!program.equals("dnsmasq")) {
                link(path, program);
            }
        }
        link(path, "sh");

        var found = look(new Elsewhere(path), Topic.PackagesInstalled);
        assertThat(found.reason()).isEqualTo(PreflightReason.PackagesMissing);
        assertThat(found.message()).contains("missing: dnsmasq.").endsWith(" dnsmasq-base");
    }

    @Test
    void doesNotGuessTheRulesWithoutTheProgramThatListsThem() throws IOException {
        var path = Files.createDirectory(home.resolve("path"));
        for (var program : Set.of("ip", "sh")) {
            link(path, program);
        }

        assertThat(look(new Elsewhere(path), Topic.ForwardingAllowed).reason()).isEqualTo(PreflightReason.NotObserved);
    }

    @Test
    void asksEveryProgramForItsVersion() {
        assertThat(new ProgramProbe(commands).observe(HostProgram.names()))
                .containsOnlyKeys(HostProgram.names())
                .allSatisfy((program, line) -> assertThat(Version.in(line).isPresent())
                        .isEqualTo(Map.of("qemu-system-x86_64", 1, "nft", 1, "ip", 1, "dnsmasq", 1, "podman", 1)
                                .containsKey(program)));
    }

    @Test
    void changesNothing() {
        var before = state();

        look(Topic.EnoughRoom);

        assertThat(state()).isEqualTo(before);
    }

    private String state() {
        return inside("nft", "list", "ruleset")
                + inside("ip", "address")
                + inside("ip", "route", "show", "table", "all");
    }

    /** Does what the message says. */
    private void open(Finding found) {
        var command = OPENING.matcher(found.message());
        assertThat(command.find()).as(found.message()).isTrue();
        inside("sh", "-c", command.group(1));
    }

    private Finding look(Topic topic) {
        return look(commands, topic);
    }

    private Finding look(Commands how, Topic topic) {
        var place = new SystemMachineProbe.Place(MachineView.direct(), home, List.of(), Ipv4Range.parse(SERVICE_CIDR));
        var probe = new SystemMachineProbe(
                place,
                how,
                () -> {
                    throw new HypervisorException("none here", new IOException());
                },
                Accelerator.QEMU,
                () -> 4096);
        var preflight =
                new Preflight(new AgentSettings("lab", "lab", home, home, home, home, "qemu:///system", SERVICE_CIDR));
        return in(namespace, () -> preflight.assess(probe.observe())).stream()
                .filter(finding -> finding.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private boolean theRouterReachesTheWorld() {
        try (var server = in(world, () -> new ServerSocket(0, 1, InetAddress.getByName("192.0.2.1")))) {
            return in(router, () -> {
                try (var socket = new Socket()) {
                    socket.connect(server.getLocalSocketAddress(), CONNECT_MS);
                    return true;
                } catch (SocketTimeoutException | ConnectException | NoRouteToHostException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a thread starts or opens is in the thread's namespace. */
    private static <T> T in(String namespace, Callable<T> task) {
        try {
            return new NamespaceEntry(new NamedNamespaces(MachineView.direct())).call(namespace, task);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(Path folder, String program) throws IOException {
        var real = run("sh", "-c", "command -v " + program).strip();
        Files.createSymbolicLink(folder.resolve(program), Path.of(real));
    }

    private String inside(String... arguments) {
        return commands.require(Command.of(arguments).inNamespace(namespace));
    }

    private String run(String... arguments) {
        return commands.require(Command.of(arguments));
    }

    /** Runs programs that only this folder has. */
    private record Elsewhere(Path folder) implements Commands {
        @Override
        public CommandResult run(Command command) {
            var arguments = new ArrayList<>(List.of("env", "PATH=" + folder));
            arguments.addAll(command.arguments());
            return new SystemCommands(MachineView.direct())
                    .run(new Command(arguments, command.stdin(), command.timeout(), command.unconfined()));
        }
    }
}
