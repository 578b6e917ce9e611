package io.minicloud.app.wiring;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.disk.DiskStore;
import io.minicloud.agent.disk.QcowDiskStore;
import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.hypervisor.KvmProbe;
import io.minicloud.agent.hypervisor.LibvirtHypervisor;
import io.minicloud.agent.hypervisor.MachineNetworks;
import io.minicloud.agent.image.FolderImageStore;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import io.minicloud.app.Configuration;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;

/** What the agent's machines, disks and images are given. */
@Singleton
public class GuestWiring {
    /** The largest image, and the largest disk in one, that is accepted: 1 TiB. */
    private static final long MAX_IMAGE_BYTES = 1L << 40;

    /** Below the state folder; hack/up lays it over libvirtd's own. */
    private static final String DOMAIN_LOGS = "log/libvirt/qemu";

    /** What KVM is tried with. */
    static final List<Path> KERNELS =
            List.of(Path.of("/boot/vmlinuz-" + System.getProperty("os.version")), Path.of("/vmlinuz"));

    @Produces
    @Singleton
    Accelerator accelerator(Commands commands, MachineView machine) {
        return new KvmProbe(commands, machine, KERNELS).probe();
    }

    @Produces
    @Singleton
    LibvirtHypervisor hypervisor(
            Configuration configuration, AgentSettings settings, MachineView machine, Accelerator accelerator) {
        var logs = configuration.libvirtLogFolder().map(machine::resolve).orElseGet(() -> settings.home()
                .resolve(DOMAIN_LOGS));
        return new LibvirtHypervisor(settings.libvirtUri(), logs, accelerator);
    }

    void close(@Disposes LibvirtHypervisor hypervisor) {
        hypervisor.close();
    }

    @Produces
    @Singleton
    MachineNetworks machineNetworks(LibvirtHypervisor hypervisor) {
        return hypervisor.networks();
    }

    @Produces
    @Singleton
    ImageStore images(AgentSettings settings, Commands commands) {
        return new FolderImageStore(
                settings.home().resolve("image-store"),
                settings.imageFolder(),
                settings.serviceCidr(),
                MAX_IMAGE_BYTES,
                commands);
    }

    @Produces
    @Singleton
    DiskStore disks(AgentSettings settings, Commands commands) {
        return new QcowDiskStore(settings.diskFolder(), commands);
    }
}
