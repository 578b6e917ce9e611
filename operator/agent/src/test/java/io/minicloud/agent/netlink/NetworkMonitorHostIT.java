package io.minicloud.agent.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel tells of namespaces that others change. Needs root. */
class NetworkMonitorHostIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration A_FEW_LOOKS = INTERVAL.multipliedBy(5);

    private final String name = "lab-" + UUID.randomUUID().toString().substring(0, 8);
    private final Commands commands = new SystemCommands(MachineView.direct());
    private final NamespaceEntry entry = new NamespaceEntry(new NamedNamespaces(MachineView.direct()));
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean whole = new AtomicBoolean(true);
    private @Nullable NetworkMonitor monitor;

    @BeforeEach
    void open() throws IOException {
        run("ip", "netns", "add", name);
        run("ip", "-n", name, "link", "set", "lo", "up");
        run("ip", "-n", name, "link", "add", "d0", "type", "bridge");
        run("ip", "-n", name, "link", "set", "d0", "up");
        run("ip", "-n", name, "route", "add", "198.51.100.0/24", "dev", "d0");
        run("ip", "netns", "exec", name, "nft", "add table ip t; add chain ip t c");
        monitor = new NetworkMonitor(entry, INTERVAL);
        monitor.onChange(told::add);
    }

    @AfterEach
    void close() {
        if (monitor != null) {
            monitor.close();
        }
        commands.run(Command.of("ip", "netns", "delete", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip -n NAME link delete d0",
                "ip -n NAME link set d0 down",
                "ip -n NAME address add 198.51.100.1/24 dev d0",
                "ip -n NAME route delete 198.51.100.0/24",
                "ip -n NAME rule add priority 7 lookup main",
                "ip netns exec NAME sysctl -w net.ipv4.conf.d0.forwarding=1",
                "ip netns exec NAME nft flush ruleset",
                "ip netns exec NAME nft add rule ip t c drop",
                "ip netns delete NAME"
            })
    void aChangeIsTold(String change) {
        monitor.keep("vpc", Set.of(name), false, whole::get);
        quiet();

        run(change.replace("NAME", name).split(" "));
        await(change).atMost(SOON).until(() -> told.contains("vpc"));
    }

    @Test
    void whatElseBelongsToItIsToldWhenItGoesAndOnce() {
        monitor.keep("vpc", Set.of(name), false, whole::get);
        whole.set(false);
        await().atMost(SOON).until(() -> told.contains("vpc"));
        told.clear();
        quiet();
    }

    @Test
    void theRootNamespaceConcernsThoseAtItsEdge() {
        monitor.keep("inner", Set.of(name), false, whole::get);
        monitor.keep("outer", Set.of(name), true, whole::get);
        run("ip", "route", "add", "blackhole", "198.51.100.77/32");
        try {
            await().atMost(SOON).until(() -> told.contains("outer"));
            assertThat(told).containsExactly("outer");
        } finally {
            run("ip", "route", "delete", "blackhole", "198.51.100.77/32");
        }
    }

    @Test
    void whatIsForgottenIsNotKeptAlive() {
        run("ip", "link", "add", "lw" + name.substring(4), "type", "veth", "peer", "name", "eth0", "netns", name);
        monitor.keep("vpc", Set.of(name), false, whole::get);
        monitor.forget("vpc");
        run("ip", "netns", "delete", name);

        await("the other end of its link goes with it").atMost(SOON).until(() -> !commands.run(
                        Command.of("ip", "link", "show", "lw" + name.substring(4)))
                .succeeded());
        assertThat(told).isEmpty();
    }

    /** Nothing is told for as long as it takes to look a few times. */
    private void quiet() {
        await().during(A_FEW_LOOKS).atMost(SOON).until(told::isEmpty);
    }

    private void run(String... words) {
        commands.require(Command.of(words));
    }
}
