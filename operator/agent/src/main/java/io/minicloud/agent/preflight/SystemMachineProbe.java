package io.minicloud.agent.preflight;

import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.hypervisor.HypervisorException;
import io.minicloud.agent.hypervisor.Libvirtd;
import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.network.ServiceLink;
import io.minicloud.agent.preflight.MachineFacts.Forwarding;
import io.minicloud.agent.preflight.MachineFacts.Kvm;
import io.minicloud.agent.preflight.MachineFacts.Libvirt;
import io.minicloud.agent.preflight.MachineFacts.Room;
import io.minicloud.agent.preflight.MachineFacts.Route;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** This machine by its own programs, {@code /proc} and files: about six short processes a look. */
public final class SystemMachineProbe implements MachineProbe {
    private static final long BYTES_PER_GIB = 1L << 30;
    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    /** A link of the cloud like all others; no VPC has this id. */
    private static final String SAMPLE_LINK = ServiceLink.nameOf("vpc-0");

    private final Place place;
    private final Libvirtd libvirtd;
    private final Accelerator accelerator;
    private final IntSupplier memoryMiB;
    private final ProgramProbe programs;
    private final FirewallProbe firewall;
    private final RouteProbe routes;
    private final NetworkDaemonProbe networkDaemons;

    /**
     * Where it looks.
     *
     * @param machine from where the machine is seen
     * @param home the state folder, MINICLOUD_HOME
     * @param kernels what KVM was tried with, if one of them is there
     * @param serviceRange the installation's service range
     */
    public record Place(MachineView machine, Path home, List<Path> kernels, Ipv4Range serviceRange) {}

    /**
     * A probe.
     *
     * @param place where it looks
     * @param commands how programs are run
     * @param libvirtd the libvirt that the agent uses
     * @param accelerator what was found out of KVM at the start
     * @param memoryMiB the memory of the machine, MiB
     */
    public SystemMachineProbe(
            Place place, Commands commands, Libvirtd libvirtd, Accelerator accelerator, IntSupplier memoryMiB) {
        this.place = place;
        this.libvirtd = libvirtd;
        this.accelerator = accelerator;
        this.memoryMiB = memoryMiB;
        programs = new ProgramProbe(commands);
        firewall = new FirewallProbe(commands, place.machine().resolve(Path.of("/proc/net/ip_tables_names")));
        routes = new RouteProbe(commands);
        networkDaemons = new NetworkDaemonProbe(place.machine().root(), SAMPLE_LINK);
    }

    @Override
    public MachineFacts observe() {
        var known = routes.observe();
        return new MachineFacts(
                programs.observe(HostProgram.names()),
                libvirt(),
                kvm(),
                known == null ? null : forwarding(known),
                known,
                new Room(freeGiB(), memoryMiB.getAsInt()),
                networkDaemons.observe());
    }

    private Libvirt libvirt() {
        try {
            return new Libvirt(libvirtd.version(), "");
        } catch (HypervisorException e) {
            return new Libvirt(null, String.valueOf(e.getMessage()));
        }
    }

    private Kvm kvm() {
        var device = place.machine().resolve(Path.of("/dev/kvm"));
        return new Kvm(
                accelerator == Accelerator.KVM,
                Files.exists(device),
                shared(device),
                module(),
                place.kernels().stream().map(place.machine()::resolve).anyMatch(Files::isReadable));
    }

    private static boolean shared(Path device) {
        try {
            var permissions = Files.getPosixFilePermissions(device);
            return permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            return false;
        }
    }

    private @Nullable String module() {
        var flags = read("proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .orElse("");
        if (flags.matches(".*\\bvmx\\b.*")) {
            return "kvm_intel";
        }
        return flags.matches(".*\\bsvm\\b.*") ? "kvm_amd" : null;
    }

    private @Nullable Forwarding forwarding(List<Route> known) {
        var uplink = known.stream()
                .filter(route -> route.destination().prefix() == 0)
                .map(Route::device)
                .findFirst()
                .orElse("");
        var judge = new ForwardingJudge(Packet.sent(SAMPLE_LINK, uplink, place.serviceRange()));
        return firewall.observe()
                .map(rules -> new Forwarding(
                        read("proc/sys/net/ipv4/ip_forward").strip().equals("1"),
                        bridgesFiltered(),
                        judge.obstacles(rules)))
                .orElse(null);
    }

    /** Before Linux 5.3 one setting was for all namespaces, so a router could not have its own. */
    private boolean bridgesFiltered() {
        var version = KERNEL.matcher(read("proc/sys/kernel/osrelease"));
        return version.matches()
                && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)) < 503
                && read("proc/sys/net/bridge/bridge-nf-call-iptables").strip().equals("1");
    }

    /** The folder itself may not be there yet. */
    private @Nullable Long freeGiB() {
        var folder = place.home().toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            return Files.getFileStore(folder).getUsableSpace() / BYTES_PER_GIB;
        } catch (IOException e) {
            return null;
        }
    }

    /** A setting that this kernel does not have is empty. */
    private String read(String file) {
        try {
            return Files.readString(place.machine().resolve(Path.of("/" + file)));
        } catch (IOException e) {
            return "";
        }
    }
}
