package io.minicloud.agent.hostmachine;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostimage.HostImageParts;
import io.minicloud.agent.hypervisor.MachineDefinition;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.resolve.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows what a HostMachine names to files and ports. */
final class MachineResolver {
    /** How long a start waits for interfaces other than the primary one. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_SERIAL = 20;

    private final ImageStore images;
    private final AgentSettings settings;
    private final Clock clock;

    MachineResolver(ImageStore images, AgentSettings settings, Clock clock) {
        this.images = images;
        this.settings = settings;
        this.clock = clock;
    }

    /** How to start a machine now. */
    Resolution<MachineDefinition> definition(
            HostMachine machine,
            String name,
            MachineNotes notes,
            List<NetworkWish> wanted,
            Context<HostMachine> context)
            throws IOException {
        var spec = machine.getSpec();
        var networks = networks(machine, wanted);
        if (networks.isEmpty()) {
            return waiting("waits for its HostInterfaces to await it");
        }
        var disks = disks(spec, context);
        if (disks.isEmpty()) {
            return waiting("waits for its HostDisks");
        }
        var kernel = kernel(spec, context);
        if (spec.hostImageName() != null && kernel == null) {
            return waiting("waits for HostImage " + spec.hostImageName());
        }
        return new Resolution.Resolved<>(new MachineDefinition(
                name,
                spec.instanceId(),
                notes,
                spec.vCpus(),
                spec.memoryMiB(),
                kernel,
                disks.get(),
                networks.get(),
                console(spec.instanceId())));
    }

    /** Where a machine's console is logged. */
    Path console(String instanceId) {
        return settings.home().resolve("consoles").resolve(instanceId + ".log");
    }

    /**
     * The interfaces that a start gets. A port that still says Programmed belongs to the last run: its tap lies in the VPC, out
     * of libvirt's reach. Without its primary interface no machine starts; any other is plugged later if it takes its time, but
     * guests number interfaces as they find them, so there is some patience.
     */
    private Optional<List<MachineDefinition.NetworkDevice>> networks(HostMachine machine, List<NetworkWish> wanted) {
        var ready = wanted.stream()
                .filter(wish -> wish.port() == NetworkWish.Port.AWAITS_MACHINE)
                .toList();
        boolean enough = ready.size() == wanted.size() || ready.contains(wanted.getFirst()) && !isPatient(machine);
        return enough
                ? Optional.of(
                        ready.stream().flatMap(wish -> wish.device().stream()).toList())
                : Optional.empty();
    }

    private boolean isPatient(HostMachine machine) {
        return Conditions.find(machine.getStatus(), ConditionType.PROGRAMMED)
                .filter(condition -> condition.status().equals("False"))
                .filter(condition -> !clock.instant()
                        .isBefore(Instant.parse(condition.lastTransitionTime()).plus(PATIENCE)))
                .isEmpty();
    }

    private static Optional<List<MachineDefinition.DiskDevice>> disks(
            HostMachineSpec spec, Context<HostMachine> context) {
        var devices = new ArrayList<MachineDefinition.DiskDevice>();
        for (var wanted : Optional.ofNullable(spec.disks()).orElse(List.of())) {
            var disk = context.getSecondaryResourcesAsStream(HostDisk.class)
                    .filter(found -> found.getMetadata().getName().equals(wanted.hostDiskName()))
                    .filter(found -> Conditions.isTrue(found, ConditionType.READY))
                    .findFirst();
            if (disk.isEmpty()) {
                return Optional.empty();
            }
            devices.add(device(disk.get()));
        }
        return Optional.of(devices);
    }

    /** The serial is the volume's id without its dash, as on EC2, cut to what virtio carries. */
    private static MachineDefinition.DiskDevice device(HostDisk disk) {
        var serial = disk.getSpec().volumeId().replace("-", "");
        return new MachineDefinition.DiskDevice(
                Path.of(disk.getStatus().path()), "qcow2", serial.substring(0, Math.min(serial.length(), MAX_SERIAL)));
    }

    private MachineDefinition.@Nullable DirectKernel kernel(HostMachineSpec spec, Context<HostMachine> context)
            throws IOException {
        var image = context.getSecondaryResourcesAsStream(HostImage.class)
                .filter(found -> found.getMetadata().getName().equals(spec.hostImageName()))
                .filter(found -> Conditions.isTrue(found, ConditionType.READY))
                .filter(found -> found.getSpec().format().equals("kernel"))
                .map(HostImage::getSpec)
                .findFirst();
        if (image.isEmpty()) {
            return null;
        }
        var parts = HostImageParts.of(image.get());
        var kernel = images.find(image.get().imageId(), parts.get(0));
        var initramfs = images.find(image.get().imageId(), parts.get(1));
        if (kernel.isEmpty() || initramfs.isEmpty()) {
            return null;
        }
        var cmdline = Optional.ofNullable(image.get().cmdline()).orElse("console=ttyS0");
        return new MachineDefinition.DirectKernel(
                kernel.get().path(), initramfs.get().path(), cmdline);
    }

    private static Resolution<MachineDefinition> waiting(String message) {
        return new Resolution.Waiting<>(HostMachineReason.AwaitingDependency, message);
    }
}
