package io.minicloud.agent.hostmachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.hypervisor.Hypervisor;
import io.minicloud.agent.hypervisor.LibvirtHypervisor;
import io.minicloud.agent.hypervisor.PrivateLibvirtd;
import io.minicloud.agent.image.FolderImageStore;
import io.minicloud.agent.metadata.MetadataRegistry;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.agent.stage.Vpc;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceStatus;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine in a real libvirt, with an agent that dies between any two steps. It boots nothing: its firmware does not hear
 * the power button, so whatever is asked of it is forced in the end. Needs root.
 */
class HostMachineReconcilerHostIT {
    private static PrivateLibvirtd libvirtd;
    private static LibvirtHypervisor hypervisor;

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final Vpc vpc = new Vpc();
    private final String instance = vpc.id("i", "machine");
    private final String name = MachineName.of('m', instance);
    private final HostInterface eni = vpc.eni(1, null);
    private final HostInterface second = vpc.eni(2, null);
    private final String tap = MachineName.of('t', instance);
    private final String secondTap = MachineName.of('t', instance + "second");
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path home;

    private AgentSettings settings;

    @BeforeAll
    static void startLibvirtd() {
        libvirtd = new PrivateLibvirtd();
        hypervisor = new LibvirtHypervisor(libvirtd.uri(), libvirtd.domainLogs(), Accelerator.QEMU);
    }

    @AfterAll
    static void stopLibvirtd() {
        hypervisor.close();
        libvirtd.close();
    }

    @BeforeEach
    void makeTap() {
        settings = new AgentSettings("lab", "lab", home, home, home, home, libvirtd.uri(), "100.64.0.0/16");
        commands.require(Command.of("ip", "tuntap", "add", "dev", tap, "mode", "tap"));
    }

    @AfterEach
    void removeMachine() {
        try {
            if (hypervisor.find(name).isPresent()) {
                hypervisor.force(name, Hypervisor.Force.OFF);
                hypervisor.undefine(name);
            }
        } finally {
            commands.require(Command.of("ip", "link", "del", "dev", tap));
            commands.run(Command.of("ip", "link", "del", "dev", secondTap));
        }
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() throws Exception {
        assertThat(CrashPoints.survivedInOne(this::story))
                .containsExactly(
                        "define " + name,
                        "start paused " + name,
                        "note at " + name,
                        "resume " + name,
                        "note at " + name,
                        "request reboot of " + name,
                        "request reboot of " + name,
                        "force RESET of " + name,
                        "note at " + name,
                        "note at " + name,
                        "press power button of " + name,
                        "press power button of " + name,
                        "force OFF of " + name,
                        "undefine " + name);
    }

    /** Its firmware knows nothing of hot-plug, so only a reset takes the interface away. */
    @Test
    void aGuestThatNeverLetsGoOfAnInterfaceHoldsUpNothing() throws Exception {
        var agent = new Agent();
        var machine = machine();
        await(false);
        settle(agent, machine);
        await(true);
        settle(agent, machine);
        machine.setSpec(spec("running", null, eni, second));
        commands.require(Command.of("ip", "tuntap", "add", "dev", secondTap, "mode", "tap", "vnet_hdr"));
        await(second, secondTap, false);
        settle(agent, machine);
        assertThat(interfaces(machine)).containsExactly("attached", "attaching");
        assertThat(reason(machine)).isEqualTo("AttachingInterfaces");
        await(second, secondTap, true);
        settle(agent, machine);
        assertThat(interfaces(machine)).containsExactly("attached", "attached");
        assertThat(hypervisor.find(name).orElseThrow().networks())
                .hasSize(2)
                .allMatch(found -> found.plugged() && found.defined() && found.linkUp());

        machine.setSpec(spec("running", null));
        for (int pass = 0; pass < 3; pass++) {
            reconciler(new PlanExecutor(Checkpoint.NONE)).reconcile(machine, FakeContext.of(eni, second));
        }
        FakeFramework.keep(
                machine, reconciler(new PlanExecutor(Checkpoint.NONE)).reconcile(machine, FakeContext.of(eni, second)));
        assertThat(interfaces(machine)).containsExactly("attached", "detaching");
        assertThat(reason(machine)).isEqualTo("DetachingInterfaces");
        assertThat(machine.getStatus().state()).isEqualTo("running");
        assertThat(hypervisor.find(name).orElseThrow().networks())
                .filteredOn(found -> found.tap().equals(secondTap))
                .singleElement()
                .matches(found -> found.plugged() && !found.defined());

        machine.setSpec(spec("running", "once"));
        settle(agent, machine);
        assertThat(machine.getStatus().lastReboot()).isEqualTo("once");
        assertThat(interfaces(machine)).as("after the reset").containsExactly("attached");
    }

    private static List<String> interfaces(HostMachine machine) {
        return machine.getStatus().interfaces().stream()
                .map(HostMachineStatus.Interface::state)
                .toList();
    }

    private static String reason(HostMachine machine) {
        return machine.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals("Programmed"))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    private List<Object> story(Agent agent) throws Exception {
        var machine = machine();
        await(false);
        settle(agent, machine);
        var paused = look(machine);
        var process = libvirtd.guestProcess(name);

        await(true);
        settle(agent, machine);
        var running = look(machine);
        change(machine, "running", "once");
        settle(agent, machine);
        var rebooted = look(machine);
        assertThat(libvirtd.guestProcess(name)).as("one start only").isEqualTo(process);

        change(machine, "stopped", "once");
        settle(agent, machine);
        var stopped = look(machine);
        agent.settle(executor ->
                reconciler(executor).cleanup(machine, FakeContext.of(eni)).isRemoveFinalizer());
        return List.of(paused, running, rebooted, stopped, hypervisor.find(name));
    }

    private void settle(Agent agent, HostMachine machine) throws Exception {
        agent.settle(executor -> {
            // Half the grace period, so that each pass finds a guest that has not heard yet.
            now = now.plus(MachinePlanner.GRACE.dividedBy(2));
            return FakeFramework.keep(machine, reconciler(executor).reconcile(machine, FakeContext.of(eni, second)));
        });
    }

    /** The status but for its times, and what libvirt holds. */
    private List<Object> look(HostMachine machine) {
        var status = machine.getStatus();
        var observed = hypervisor.find(name).orElseThrow();
        return List.of(
                status.conditions().stream()
                        .map(condition -> condition.type() + condition.status() + condition.reason())
                        .toList(),
                status.state(),
                Optional.ofNullable(status.lastReboot()),
                observed.state(),
                observed.notes().orElseThrow().withStopRequestedAt(null));
    }

    private HostMachineReconciler reconciler(PlanExecutor executor) {
        var images = new FolderImageStore(home, home, "100.64.0.0/16", 1, commands);
        InstantSource time = () -> now;
        return new HostMachineReconciler(
                hypervisor,
                hypervisor.networks(),
                images,
                new MetadataRegistry(),
                executor,
                settings,
                time.withZone(ZoneOffset.UTC));
    }

    private HostMachine machine() {
        return FakeFramework.object(new HostMachine(), instance, spec("running", null));
    }

    private void change(HostMachine machine, String state, @Nullable String reboot) {
        machine.setSpec(spec(state, reboot));
        machine.getMetadata().setGeneration(machine.getMetadata().getGeneration() + 1);
    }

    private HostMachineSpec spec(String state, @Nullable String reboot) {
        return spec(state, reboot, eni);
    }

    private HostMachineSpec spec(String state, @Nullable String reboot, HostInterface... enis) {
        var ports = IntStream.range(0, enis.length)
                .mapToObj(index ->
                        new HostMachineSpec.Interface(enis[index].getMetadata().getName(), index))
                .toList();
        return new HostMachineSpec(instance, 1, 64, null, null, ports, null, state, 1L, reboot);
    }

    /** What the port says: that it waits for its machine, or that it is there. */
    private void await(boolean programmed) {
        await(eni, tap, programmed);
    }

    private void await(HostInterface port, String link, boolean programmed) {
        var condition = new Condition(
                "Programmed",
                programmed ? "True" : "False",
                1L,
                now.toString(),
                programmed ? "Programmed" : "AwaitingMachine",
                "");
        port.setStatus(new HostInterfaceStatus(List.of(condition), 1L, link, null, null));
    }
}
