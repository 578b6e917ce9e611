package io.minicloud.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.identity.OwnerTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter against a real libvirtd and a real guest, which proves by its console what it was given. */
class LibvirtHypervisorHostIT {
    private static final Duration BOOT = Duration.ofSeconds(90);
    private static final String READY_FOR_POWER_BUTTON = "tiny: disk=";

    private static PrivateLibvirtd libvirtd;
    private static TinyGuest guest;
    private static LibvirtHypervisor hypervisor;
    private static final Queue<MachineEvent> EVENTS = new ConcurrentLinkedQueue<>();

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final String nonce = UUID.randomUUID().toString();
    private final String instanceId = "i-" + nonce.replace("-", "").substring(0, 17);
    private final String name = MachineName.of('m', instanceId);
    private final String tap = MachineName.of('t', instanceId);
    private final OwnerTag owner = new OwnerTag("installation", "minicloud-host-a", "hostmachine", nonce);

    @BeforeAll
    static void startLibvirtd() {
        guest = TinyGuest.build();
        libvirtd = new PrivateLibvirtd();
        hypervisor = new LibvirtHypervisor(libvirtd.uri(), libvirtd.domainLogs(), Accelerator.QEMU);
        hypervisor.onChange(EVENTS::add);
    }

    @AfterAll
    static void stopLibvirtd() {
        hypervisor.close();
        libvirtd.close();
    }

    @BeforeEach
    void makeTap() {
        commands.require(Command.of("ip", "tuntap", "add", "dev", tap, "mode", "tap"));
    }

    @AfterEach
    void removeGuest() {
        try {
            if (hypervisor.find(name).isPresent()) {
                hypervisor.force(name, Hypervisor.Force.OFF);
                hypervisor.undefine(name);
            }
        } finally {
            commands.require(Command.of("ip", "link", "del", "dev", tap));
        }
    }

    @Test
    void tellsWhichLibvirtAnswers() {
        assertThat(commands.require(Command.of("libvirtd", "--version"))).contains(" " + hypervisor.version());
    }

    @Test
    void bootsWhatWasDefinedAndHearsThePowerButton() throws IOException {
        hypervisor.define(definition(1));
        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.OFF);

        hypervisor.startPaused(name);
        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.PAUSED);
        assertThat(hypervisor.all()).containsAll(hypervisor.find(name).stream().toList());
        assertThat(console()).doesNotContain(nonce);

        hypervisor.resume(name);
        await().atMost(BOOT).until(() -> console().contains(READY_FOR_POWER_BUTTON));
        assertThat(console())
                .contains("nonce=" + nonce)
                .contains("tiny: product-uuid=" + MachineUuid.of(instanceId))
                .contains("tiny: cpus=2 memory-kib=")
                .contains("tiny: disk=vda sectors=131072");

        pressUntilOff();
        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.SHUT_DOWN);
        assertThat(console()).contains("tiny: power button").contains("Power down");
        assertThat(EVENTS).contains(new MachineEvent(name, MachineEvent.Kind.CHANGED));
    }

    @Test
    void tellsACrashFromAShutdownAndFromAnOrder() throws IOException {
        hypervisor.define(definition(1));
        hypervisor.startPaused(name);
        ProcessHandle.of(libvirtd.guestProcess(name)).orElseThrow().destroyForcibly();
        await().atMost(BOOT)
                .untilAsserted(() ->
                        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.CRASHED));

        hypervisor.startPaused(name);
        hypervisor.force(name, Hypervisor.Force.OFF);
        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.DESTROYED);
    }

    @Test
    void notesSurviveARestartOfLibvirtdAndOfTheAgent() throws IOException {
        hypervisor.define(definition(7));
        hypervisor.startPaused(name);
        var notes = MachineNotes.started(owner, 8, "today").withStopRequestedAt(Instant.EPOCH);
        hypervisor.note(name, notes);

        EVENTS.clear();
        libvirtd.restart();

        var after = hypervisor.find(name).orElseThrow();
        assertThat(after.notes()).contains(notes);
        assertThat(after.state()).isEqualTo(PowerState.PAUSED);
        assertThat(EVENTS).anyMatch(event -> event.machine().isEmpty());
        try (var another = new LibvirtHypervisor(libvirtd.uri(), libvirtd.domainLogs(), Accelerator.QEMU)) {
            assertThat(another.find(name)).contains(after);
        }
    }

    @Test
    void knowsWhyAMachineEndedAfterLibvirtdForgot() throws IOException {
        hypervisor.define(definition(1));
        hypervisor.startPaused(name);
        hypervisor.resume(name);
        await().atMost(BOOT).until(() -> console().contains(READY_FOR_POWER_BUTTON));
        pressUntilOff();
        libvirtd.restart();
        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.SHUT_DOWN);

        hypervisor.startPaused(name);
        hypervisor.force(name, Hypervisor.Force.OFF);
        libvirtd.restart();
        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.DESTROYED);

        hypervisor.startPaused(name);
        var process = ProcessHandle.of(libvirtd.guestProcess(name)).orElseThrow();
        libvirtd.without(() -> {
            process.destroyForcibly();
            await().until(() -> !process.isAlive());
        });
        await().atMost(BOOT).until(() -> !hypervisor.find(name).orElseThrow().active());
        assertThat(hypervisor.find(name).orElseThrow().state()).isNotEqualTo(PowerState.SHUT_DOWN);
    }

    @Test
    void knowsAGuestsOwnShutdownWhileLibvirtdWasAway() throws IOException {
        hypervisor.define(definition(1));
        hypervisor.startPaused(name);
        hypervisor.resume(name);
        await().atMost(BOOT).until(() -> console().contains(READY_FOR_POWER_BUTTON));
        var monitor = libvirtd.monitor(name);

        libvirtd.without(() -> {
            pressAt(monitor);
            await().atMost(BOOT).until(() -> console().contains("Power down"));
        });

        await().atMost(BOOT).until(() -> !hypervisor.find(name).orElseThrow().active());
        assertThat(hypervisor.find(name).orElseThrow().state()).isEqualTo(PowerState.SHUT_DOWN);
    }

    /** The power button by QEMU's own protocol. */
    private static void pressAt(Path monitor) {
        var orders = "{\"execute\":\"qmp_capabilities\"}{\"execute\":\"system_powerdown\"}";
        try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(monitor))) {
            socket.write(ByteBuffer.wrap(orders.getBytes(StandardCharsets.US_ASCII)));
            var answers = new StringBuilder();
            var buffer = ByteBuffer.allocate(4096);
            while (!answers.toString().contains("POWERDOWN") && socket.read(buffer.clear()) >= 0) {
                answers.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void rebootsByThePowerButton() throws IOException {
        hypervisor.define(definition(1));
        hypervisor.startPaused(name);
        hypervisor.resume(name);
        await().atMost(BOOT).until(() -> console().contains(READY_FOR_POWER_BUTTON));

        EVENTS.clear();
        await().atMost(BOOT).pollInterval(Duration.ofSeconds(5)).until(() -> {
            hypervisor.requestReboot(name);
            return EVENTS.contains(new MachineEvent(name, MachineEvent.Kind.REBOOTED));
        });
        await().atMost(BOOT).until(() -> console().split(READY_FOR_POWER_BUTTON, -1).length > 2);
    }

    @Test
    void whatIsNotMinicloudsHasNoNotes() throws IOException {
        var foreign = XmlTree.root("domain").with("type", "qemu").leaf("name", name);
        foreign.child("memory").with("unit", "MiB").text(64);
        foreign.child("os").child("type").text("hvm");
        var file = Files.writeString(libvirtd.folder().resolve(name + ".xml"), foreign.render());
        commands.require(Command.of("virsh", "-c", libvirtd.uri(), "define", file.toString()));

        assertThat(hypervisor.find(name))
                .contains(new ObservedMachine(
                        name, PowerState.OFF, new ObservedMachine.Size(1, 64), List.of(), Optional.empty()));
        assertThat(hypervisor.find("mcm00000000000")).isEmpty();
        assertThat(hypervisor.all())
                .contains(new ObservedMachine(
                        name, PowerState.OFF, new ObservedMachine.Size(1, 64), List.of(), Optional.empty()));
    }

    /** The guest may go while it is asked, and QEMU's monitor with it in the middle of an order. */
    private void pressUntilOff() {
        var presses = await().atMost(BOOT)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptionsInstanceOf(HypervisorException.class);
        presses.until(() -> {
            hypervisor.requestShutdown(name);
            return !hypervisor.find(name).orElseThrow().active();
        });
    }

    private MachineDefinition definition(long powerGeneration) throws IOException {
        var disk = libvirtd.folder().resolve(name + ".raw");
        try (var file = new java.io.RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(64L << 20);
        }
        var kernel = new MachineDefinition.DirectKernel(
                guest.kernel(), guest.initramfs(), "console=ttyS0 quiet nonce=" + nonce);
        return new MachineDefinition(
                name,
                instanceId,
                MachineNotes.started(owner, powerGeneration, null),
                2,
                128,
                kernel,
                List.of(new MachineDefinition.DiskDevice(disk, "raw", "vol0123456789abcdef0")),
                List.of(new MachineDefinition.NetworkDevice("eni-1", tap, "02:00:00:00:00:01", true)),
                consoleFile());
    }

    private Path consoleFile() {
        return libvirtd.folder().resolve(name + ".console");
    }

    private String console() throws IOException {
        return Files.exists(consoleFile()) ? Files.readString(consoleFile(), StandardCharsets.ISO_8859_1) : "";
    }
}
