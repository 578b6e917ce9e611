package io.minicloud.agent.hostnetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.metadata.MetadataRegistry;
import io.minicloud.agent.metadata.MetadataService;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.Dnsmasq;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.agent.stage.Kernel;
import io.minicloud.agent.stage.RecordingCommands;
import io.minicloud.agent.stage.Vpc;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VPC in the real kernel, with an agent that dies between any two steps. Needs root. */
class HostNetworkReconcilerHostIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final String LINK = "100.127.254.0/31";

    private final RecordingCommands commands = new RecordingCommands();
    private final Kernel kernel = Kernel.by(commands);
    private final Vpc vpc = new Vpc();
    private final String serviceLink = MachineName.of('l', vpc.vpcId());

    private final String edgeLink = MachineName.of('i', vpc.gatewayId());

    @TempDir
    private Path run;

    private AgentSettings settings;
    private Dnsmasq dnsmasq;
    private final NamespaceEntry entry = new NamespaceEntry(new NamedNamespaces(MachineView.direct()));
    private NetworkMonitor monitor;

    @BeforeEach
    void open() throws Exception {
        // dnsmasq reads its files as nobody.
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        settings = new AgentSettings("lab", "lab", run, run, run, run, "", "100.64.0.0/16");
        dnsmasq = new Dnsmasq(commands, new NamedNamespaces(MachineView.direct()), run);
        monitor = new NetworkMonitor(entry);
    }

    @AfterEach
    void cleanUp() {
        monitor.close();
        new PlanExecutor(Checkpoint.NONE).execute("test", dnsmasq.removal(vpc.vpcId()));
        kernel.forget("mc-" + vpc.vpcId());
        kernel.forget("mc-" + vpc.gatewayId());
        kernel.forgetEdge();
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() throws Exception {
        assertThat(CrashPoints.survivedInOne(this::story))
                .hasSizeGreaterThan(15)
                .anyMatch(action -> action.startsWith("create network namespace"))
                .anyMatch(action -> action.startsWith("load the rules"))
                .anyMatch(action -> action.startsWith("start dnsmasq"))
                .anyMatch(action -> action.startsWith("delete bridge"))
                .anyMatch(action -> action.startsWith("link mc-igw-") && action.endsWith(" to the world"))
                .anyMatch(action -> action.startsWith("correct the routes"))
                .anyMatch(action -> action.startsWith("delete network namespace"));
    }

    @Test
    void atRestNothingIsChanged() throws Exception {
        var network = vpc.withGateway(vpc.network(LINK, 1));
        var eni = vpc.withPublicAddress(vpc.eni(1, null), "198.18.1.78");
        settle(new Agent(), network, eni, vpc.members(eni));
        commands.clear();

        settle(new Agent(), network, eni, vpc.members(eni));

        assertThat(commands.changes())
                .as("a new process loads the hop limits of its own socket, and no more")
                .containsExactly("ip netns exec mc-" + vpc.vpcId() + " nft -f -");
    }

    @Test
    void whoDeletesTheNameOfARouterTakesNothingFromIt() throws Exception {
        var network = vpc.network(LINK, 1);
        settle(new Agent(), network);
        var router = entry.identity("mc-" + vpc.vpcId());
        var links = kernel.links().list("mc-" + vpc.vpcId());
        commands.run(Command.of("ip", "netns", "delete", "mc-" + vpc.vpcId()));

        settle(new Agent(), network);
        assertThat(entry.identity("mc-" + vpc.vpcId())).isEqualTo(router);
        assertThat(kernel.links().list("mc-" + vpc.vpcId())).isEqualTo(links);
    }

    private List<Object> story(Agent agent) throws Exception {
        var first = vpc.eni(1, null);
        var network = vpc.network(LINK, 1, 2);
        settle(agent, network, first, vpc.members(first));
        var made = List.of(network.getStatus(), look(network, first));

        var second = vpc.withPublicAddress(vpc.eni(2, "web"), "198.18.1.77");
        network.setSpec(vpc.withGateway(vpc.network(LINK, 1, 3)).getSpec());
        network.getMetadata().setGeneration(2L);
        settle(agent, network, first, second, vpc.members(first, second));
        var changed = List.of(network.getStatus(), look(network, first, second));

        agent.settle(executor -> {
            try (var metadata = metadata()) {
                return reconciler(metadata, executor)
                        .cleanup(network, FakeContext.of())
                        .isRemoveFinalizer();
            }
        });
        await("the other ends of its links go with the namespaces")
                .until(() -> kernel.links().find(null, serviceLink).isEmpty()
                        && kernel.links().find(null, edgeLink).isEmpty());
        assertThat(kernel.links().namespaceExists("mc-" + vpc.gatewayId())).isFalse();
        return List.of(made, changed, look(network));
    }

    private List<Object> look(HostNetwork network, HostInterface... enis) throws Exception {
        var router = new RouterCompiler(settings).compile(network, List.of(enis), List.of(), List.of());
        var files = run.resolve("dnsmasq").resolve(vpc.vpcId());
        var names = Files.exists(files) ? Files.readString(files.resolve("names.hosts")) : "no names";
        return List.of(kernel.look(router), names);
    }

    private void settle(Agent agent, HostNetwork network, HasMetadata... others) throws Exception {
        agent.settle(executor -> {
            try (var metadata = metadata()) {
                return FakeFramework.keep(
                        network, reconciler(metadata, executor).reconcile(network, FakeContext.of(others)));
            }
        });
        assertThat(Set.copyOf(network.getStatus().conditions()))
                .allMatch(condition -> condition.status().equals("True"));
    }

    private HostNetworkReconciler reconciler(RouterLife life, PlanExecutor executor) {
        return new HostNetworkReconciler(settings, kernel.stack(), dnsmasq, monitor, life, executor, CLOCK);
    }

    private MetadataService metadata() {
        return new MetadataService(new MetadataRegistry(), entry, kernel.filter(), CLOCK);
    }
}
