package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostimage.HostImageParts;
import io.minicloud.agent.hostinterface.HostInterfaceReconciler;
import io.minicloud.agent.hostmachine.HostMachineReconciler;
import io.minicloud.agent.hostnetwork.RouterCompiler;
import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.hypervisor.Hypervisor;
import io.minicloud.agent.hypervisor.LibvirtHypervisor;
import io.minicloud.agent.hypervisor.ObservedNetwork;
import io.minicloud.agent.hypervisor.PrivateLibvirtd;
import io.minicloud.agent.hypervisor.TinyGuest;
import io.minicloud.agent.image.FolderImageStore;
import io.minicloud.agent.metadata.MetadataRegistry;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageSpec;
import io.minicloud.api.host.HostImageStatus;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A second network interface of a real guest that runs: plugged, used by packet, taken away and given back, by an agent that
 * dies after every step. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html">Amazon EC2: network
 *     interface attachments</a>
 */
class MachineInterfacesHostIT {
    private static final Duration BOOT = Duration.ofSeconds(90);
    private static final int PING_MS = 2000;
    private static final String FIRST_ADDRESS = "10.0.1.11";
    private static final String SECOND_ADDRESS = "10.0.2.11";

    private final Lab lab = new Lab();
    private final String subnetA = lab.id("subnet", "a");
    private final String subnetB = lab.id("subnet", "b");
    private final String group = lab.id("sg", "open");
    private final String instance = lab.id("i", "machine");
    private final String name = MachineName.of('m', instance);
    private final HostInterface first = eni("1", subnetA, FIRST_ADDRESS);
    private final HostInterface second = eni("2", subnetB, SECOND_ADDRESS);
    private final Router.Interface neighbour = lab.eni("3", subnetA, "10.0.1.13", List.of(group), true);
    private final HostMachine machine = FakeFramework.object(new HostMachine(), instance, spec("running", first));
    private final Set<String> survived = new HashSet<>();

    private PrivateLibvirtd libvirtd;
    private LibvirtHypervisor hypervisor;
    private NetworkMonitor monitor;
    private Dnsmasq dnsmasq;
    private FolderImageStore images;
    private HostImage image;
    private AgentSettings settings;

    @BeforeEach
    void open() throws Exception {
        libvirtd = new PrivateLibvirtd();
        var home = libvirtd.folder();
        // dnsmasq becomes another user and reads its files there.
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        hypervisor = new LibvirtHypervisor(libvirtd.uri(), libvirtd.domainLogs(), Accelerator.QEMU);
        monitor = new NetworkMonitor(lab.entry);
        dnsmasq = new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), home);
        var guest = TinyGuest.build();
        var folder = guest.kernel().getParent();
        settings = new AgentSettings(
                lab.owner().installationId(), "lab", home, folder, home, home, libvirtd.uri(), "100.64.0.0/16");
        images = new FolderImageStore(home.resolve("store"), folder, "100.64.0.0/16", 1L << 30, lab.commands);
        image = image(folder);
        for (var part : HostImageParts.of(image.getSpec())) {
            images.store(image.getSpec().imageId(), part);
        }
        lab.apply(router());
        execute(dnsmasq.plan(router()));
        lab.boot(router(), neighbour);
    }

    @AfterEach
    void cleanUp() {
        if (hypervisor.find(name).isPresent()) {
            hypervisor.force(name, Hypervisor.Force.OFF);
            hypervisor.undefine(name);
        }
        hypervisor.close();
        Stream.of(first, second)
                .forEach(eni -> interfaces(new PlanExecutor(Checkpoint.NONE)).cleanup(eni, FakeContext.of()));
        execute(dnsmasq.removal(router().vpcId()));
        monitor.close();
        lab.close();
        libvirtd.close();
    }

    @Test
    void aRunningGuestGetsAnInterfaceAndGivesItBack() throws Exception {
        passUntil("running", () -> "running".equals(machine.getStatus().state()));
        passUntil("eth0", () -> console().contains("tiny: address=" + FIRST_ADDRESS + "/24"));
        assertThat(answers(FIRST_ADDRESS)).as(this::dump).isTrue();
        assertThat(answers(SECOND_ADDRESS)).as("before it is attached").isFalse();
        var process = libvirtd.guestProcess(name);

        change(spec("running", first, second));
        passUntil("attached", () -> states().equals(List.of("attached", "attached")));
        passUntil("eth1", () -> console().contains("tiny: eth1-address=" + SECOND_ADDRESS + "/24"));
        assertThat(answers(SECOND_ADDRESS))
                .as("by its own router: eth0 sends nothing from its address")
                .isTrue();
        assertThat(networks()).hasSize(2).allMatch(found -> found.plugged() && found.linkUp() && found.defined());

        libvirtd.restart();
        hypervisor.force(name, Hypervisor.Force.RESET);
        passUntil("eth1 again", () -> console().split("tiny: eth1-address=", -1).length == 3);
        assertThat(answers(FIRST_ADDRESS) && answers(SECOND_ADDRESS)).isTrue();

        change(spec("running", first));
        passUntil("detached", () -> states().equals(List.of("attached")) && "AwaitingMachine".equals(reason(second)));
        passUntil("eth1 gone", () -> console().contains("tiny: eth1-gone"));
        assertThat(answers(SECOND_ADDRESS)).as("after it was detached").isFalse();
        assertThat(answers(FIRST_ADDRESS)).as("the guest lives on").isTrue();
        assertThat(networks()).hasSize(1);

        change(spec("running", first, second));
        passUntil("attached again", () -> states().equals(List.of("attached", "attached")));
        passUntil("eth1 a third time", () -> answers(SECOND_ADDRESS));
        assertThat(libvirtd.guestProcess(name)).as("one start only").isEqualTo(process);
    }

    @Test
    void aStartGivesAllInterfacesInTheirOrderAndOneThatIsMissingHoldsUpNoOther() throws Exception {
        change(spec("running", first, second));
        passUntil(
                "both",
                () -> console().contains("tiny: address=" + FIRST_ADDRESS + "/24")
                        && console().contains("tiny: eth1-address=" + SECOND_ADDRESS + "/24"));

        var nowhere = eni("4", lab.id("subnet", "nowhere"), "10.0.9.11");
        change(spec("stopped", first, second));
        passUntil("stopped", () -> "stopped".equals(machine.getStatus().state()));
        change(spec("running", first, nowhere, second));
        passUntil("running", () -> states().equals(List.of("attached", "attaching", "attached")));
        assertThat(machine.getStatus().conditions())
                .filteredOn(condition -> condition.type().equals("Programmed"))
                .extracting(Condition::reason)
                .containsExactly("AttachingInterfaces");
        passUntil("eth1", () -> console().split("tiny: eth1-address=" + SECOND_ADDRESS, -1).length == 3);
    }

    /** What the agent's reconcilers do until nothing more happens, each time by a new process. */
    private void passUntil(String what, BooleanSupplier done) {
        survived.clear();
        await(what).atMost(BOOT).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
            pass();
            assertThat(done.getAsBoolean()).as(this::dump).isTrue();
        });
    }

    /** What a person would look at when a test fails. */
    private String dump() {
        return String.join(
                "\n",
                String.valueOf(machine.getStatus()),
                String.valueOf(first.getStatus()),
                String.valueOf(second.getStatus()),
                hypervisor.find(name).toString(),
                console(),
                lab.dump(router()));
    }

    private void pass() throws Exception {
        var executor = new PlanExecutor(this::die);
        for (var eni : List.of(first, second)) {
            survive(() -> FakeFramework.keep(
                    eni,
                    interfaces(executor).reconcile(eni, isNamed(eni) ? FakeContext.of(machine) : FakeContext.of())));
        }
        survive(() -> FakeFramework.keep(
                machine, machines(executor).reconcile(machine, FakeContext.of(first, second, image))));
    }

    private void die(Action action) {
        if (survived.add(action.describe())) {
            throw new Death();
        }
    }

    private static void survive(Pass pass) throws Exception {
        try {
            pass.reconcile();
        } catch (Death e) {
            // The next pass is that of the next process.
        }
    }

    /** The end of an agent's process. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A pass of one reconciler. */
    @FunctionalInterface
    private interface Pass {
        boolean reconcile() throws Exception;
    }

    private HostInterfaceReconciler interfaces(PlanExecutor executor) {
        return new HostInterfaceReconciler(settings, lab.stack, monitor, executor, Clock.systemUTC());
    }

    private HostMachineReconciler machines(PlanExecutor executor) {
        return new HostMachineReconciler(
                hypervisor,
                hypervisor.networks(),
                images,
                new MetadataRegistry(),
                executor,
                settings,
                Clock.systemUTC());
    }

    private List<String> states() {
        return machine.getStatus().interfaces().stream()
                .map(HostMachineStatus.Interface::state)
                .toList();
    }

    private List<ObservedNetwork> networks() {
        return hypervisor.find(name).orElseThrow().networks();
    }

    private static String reason(HostInterface eni) {
        return eni.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals("Programmed"))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    /** As the framework's index would tell: by spec or by status. */
    private boolean isNamed(HostInterface eni) {
        var known = machine.getStatus() == null || machine.getStatus().interfaces() == null
                ? Stream.<String>of()
                : machine.getStatus().interfaces().stream().map(HostMachineStatus.Interface::hostInterfaceName);
        return Stream.concat(
                        machine.getSpec().interfaces().stream().map(HostMachineSpec.Interface::hostInterfaceName),
                        known)
                .anyMatch(eni.getMetadata().getName()::equals);
    }

    private boolean answers(String address) {
        try {
            return lab.entry.call(
                    lab.guest(neighbour), () -> InetAddress.getByName(address).isReachable(PING_MS));
        } catch (IOException e) {
            return false;
        }
    }

    private void change(HostMachineSpec spec) {
        machine.setSpec(spec);
        machine.getMetadata().setGeneration(machine.getMetadata().getGeneration() + 1);
    }

    private HostMachineSpec spec(String state, HostInterface... enis) {
        var ports = new ArrayList<HostMachineSpec.Interface>();
        for (var eni : enis) {
            ports.add(new HostMachineSpec.Interface(eni.getMetadata().getName(), ports.size()));
        }
        return new HostMachineSpec(instance, 1, 128, lab.id("ami", "tiny"), null, ports, null, state, 1L, null);
    }

    private HostInterface eni(String number, String subnet, String address) {
        var id = lab.id("eni", number);
        return FakeFramework.object(
                new HostInterface(),
                id,
                new HostInterfaceSpec(
                        id,
                        lab.id("vpc", "v"),
                        subnet,
                        "02:00:00:00:00:0" + number,
                        List.of(address),
                        List.of(group),
                        true,
                        "Tap",
                        null,
                        null));
    }

    private Router router() {
        var all = new Router.Rule("-1", -1, -1, "0.0.0.0/0", null);
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Router.Dns(true, "home-1.compute.internal"),
                null,
                List.of(
                        new Router.Subnet(subnetA, "10.0.1.0/24", 1500),
                        new Router.Subnet(subnetB, "10.0.2.0/24", 1500)),
                List.of(RouterCompiler.port(first.getSpec()), RouterCompiler.port(second.getSpec()), neighbour),
                List.of(new Router.Group(group, List.of(all), List.of(all))),
                Map.of());
    }

    private HostImage image(Path folder) throws IOException {
        var sums = Files.readAllLines(folder.resolve("SHA256SUMS"));
        var id = lab.id("ami", "tiny");
        var found = FakeFramework.object(
                new HostImage(),
                id,
                new HostImageSpec(
                        id, "kernel", null, part(sums, "vmlinuz"), part(sums, "initramfs"), "console=ttyS0 quiet"));
        found.setStatus(new HostImageStatus(
                List.of(new Condition("Ready", "True", 1L, "2026-11-21T10:00:00Z", "Stored", "")), 1L, null, null));
        return found;
    }

    private static HostImageSpec.Part part(List<String> sums, String file) {
        var sum = sums.stream()
                .filter(line -> line.endsWith("  " + file))
                .findFirst()
                .orElseThrow();
        return new HostImageSpec.Part(null, file, sum.split(" ")[0]);
    }

    private static void execute(Plan plan) {
        new PlanExecutor(Checkpoint.NONE).execute("test", plan);
    }

    private String console() {
        var file = settings.home().resolve("consoles").resolve(instance + ".log");
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
