package io.minicloud.agent.hostinterface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostnetwork.RouterCompiler;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.network.Router;
import io.minicloud.agent.network.RouterObserver;
import io.minicloud.agent.network.RouterPlanner;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.agent.stage.Kernel;
import io.minicloud.agent.stage.RecordingCommands;
import io.minicloud.agent.stage.Vpc;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The port of an ENI in the real kernel, with an agent that dies between any two steps. Needs root. */
class HostInterfaceReconcilerHostIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    private final Path nowhere = Path.of("/nonexistent");
    private final AgentSettings settings =
            new AgentSettings("lab", "lab", nowhere, nowhere, nowhere, nowhere, "", "100.64.0.0/16");
    private final RecordingCommands commands = new RecordingCommands();
    private final Kernel kernel = Kernel.by(commands);
    private final Vpc vpc = new Vpc();
    private final String port =
            Router.Interface.portOf(vpc.eni(1, null).getSpec().networkInterfaceId());
    private final Router router = new RouterCompiler(settings)
            .compile(
                    vpc.network(null, 1), List.of(vpc.eni(1, null)), List.of(vpc.members(vpc.eni(1, null))), List.of());
    private final List<String> reasons = new ArrayList<>();
    private @Nullable Process machine;
    private NetworkMonitor monitor;

    @BeforeEach
    void makeTheRouter() throws IOException {
        monitor = new NetworkMonitor(new NamespaceEntry(new NamedNamespaces(MachineView.direct())));
        var planner = new RouterPlanner(kernel.links(), kernel.filter());
        var there = new RouterObserver(kernel.stack()).observe(router);
        new PlanExecutor(Checkpoint.NONE).execute("test", planner.plan(router, there));
    }

    @AfterEach
    void cleanUp() throws Exception {
        monitor.close();
        end();
        if (kernel.links().find(null, port).isPresent()) {
            kernel.links().change(null, List.of("link delete " + port));
        }
        kernel.forget(router.namespace());
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() throws Exception {
        assertThat(CrashPoints.survivedIn(this::story))
                .containsExactly(
                        "create port " + port,
                        "hand port " + port + " to the root namespace",
                        "bring up port " + port,
                        "move port " + port + " to " + router.namespace(),
                        "attach port " + port + " to "
                                + Router.Subnet.bridgeOf(
                                        router.subnets().getFirst().id()),
                        "delete port " + port);
    }

    @Test
    void atRestNothingIsChanged() throws Exception {
        var eni = vpc.eni(1, null);
        settle(new Agent(), eni);
        commands.clear();
        settle(new Agent(), eni);
        assertThat(commands.changes()).as("while it waits").isEmpty();

        open();
        settle(new Agent(), eni);
        commands.clear();
        settle(new Agent(), eni, running("attached"));

        assertThat(reason(eni)).isEqualTo("Programmed");
        assertThat(commands.changes()).as("when it is there").isEmpty();
    }

    @Test
    void aPortThatItsRunningMachineLetGoOfIsMadeAnewWhenTheMachineSaysSo() throws Exception {
        var eni = vpc.eni(1, null);
        settle(new Agent(), eni);
        open();
        settle(new Agent(), eni);
        end();
        settle(new Agent(), eni, running("attached"));
        assertThat(reason(eni)).isEqualTo("AwaitingRelease");
        assertThat(kernel.links().find(router.namespace(), port)).isPresent();

        settle(new Agent(), eni, running());
        assertThat(reason(eni)).isEqualTo("AwaitingMachine");
        assertThat(kernel.links().find(router.namespace(), port)).isEmpty();
        assertThat(kernel.links().find(null, port)).as("where libvirt sees it").isPresent();
    }

    private List<Object> story(Agent agent) throws Exception {
        var eni = vpc.eni(1, null);
        settle(agent, eni);
        assertThat(reasons)
                .as("never said to be there before a machine holds it")
                .containsOnly("AwaitingMachine");
        var waiting = List.of(eni.getStatus(), kernel.look(router));
        assertThat(kernel.links().find(null, port)).as("where libvirt sees it").isPresent();

        open();
        settle(agent, eni);
        assertThat(reason(eni)).isEqualTo("Programmed");
        assertThat(kernel.links().find(router.namespace(), port).orElseThrow().carrier())
                .as("its machine still holds it")
                .isTrue();
        var attached = List.of(eni.getStatus(), kernel.look(router));

        agent.settle(
                executor -> reconciler(executor).cleanup(eni, FakeContext.of()).isRemoveFinalizer());
        end();
        return List.of(waiting, attached, kernel.look(router));
    }

    private void settle(Agent agent, HostInterface eni, HasMetadata... others) throws Exception {
        reasons.clear();
        agent.settle(executor -> {
            var quiet = FakeFramework.keep(eni, reconciler(executor).reconcile(eni, FakeContext.of(others)));
            reasons.add(reason(eni));
            return quiet;
        });
    }

    private HostInterfaceReconciler reconciler(PlanExecutor executor) {
        return new HostInterfaceReconciler(settings, kernel.stack(), monitor, executor, CLOCK);
    }

    private static String reason(HostInterface eni) {
        return eni.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals("Programmed"))
                .map(Condition::reason)
                .findFirst()
                .orElseThrow();
    }

    /** A machine that runs and has the interface in these states, of which there is at most one. */
    private HostMachine running(String... states) {
        var name = vpc.eni(1, null).getMetadata().getName();
        var interfaces = Stream.of(states)
                .map(state -> new HostMachineStatus.Interface(name, state))
                .toList();
        var machine = new HostMachine();
        machine.setStatus(
                new HostMachineStatus(List.of(), 1L, "running", null, null, null, null, null, null, interfaces));
        return machine;
    }

    /** What QEMU does: opens the tap by its name and keeps it. */
    private void open() throws IOException {
        machine = new ProcessBuilder(
                        "socat", "-u", "TUN,tun-name=" + port + ",tun-type=tap,iff-no-pi", "OPEN:/dev/null,wronly")
                .redirectErrorStream(true)
                .start();
        await().until(() -> kernel.links().find(null, port).orElseThrow().carrier());
    }

    private void end() throws InterruptedException {
        if (machine != null) {
            machine.destroyForcibly().waitFor();
            machine = null;
        }
    }
}
