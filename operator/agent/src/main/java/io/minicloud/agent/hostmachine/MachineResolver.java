package io.minicloud.agent.hostmachine;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hostimage.HostImageParts;
import io.minicloud.agent.hypervisor.MachineDefinition;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.resolve.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows what a HostMachine names to files and ports. */
final class MachineResolver {
    private static final String AWAITING_MACHINE = "AwaitingMachine";
    private static final int MAX_SERIAL = 20;

    private final ImageStore images;
    private final AgentSettings settings;

    MachineResolver(ImageStore images, AgentSettings settings) {
        this.images = images;
        this.settings = settings;
    }

    /** How to start a machine now. */
    Resolution<MachineDefinition> definition(
            HostMachine machine, String name, MachineNotes notes, Context<HostMachine> context) throws IOException {
        var spec = machine.getSpec();
        var networks = networks(machine, context);
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

    /** The interfaces that a machine names, in the order of their device index; those that are there. */
    static List<HostInterface> interfaces(HostMachine machine, Context<HostMachine> context) {
        var there = context.getSecondaryResourcesAsStream(HostInterface.class).toList();
        return machine.getSpec().interfaces().stream()
                .sorted(Comparator.comparing(HostMachineSpec.Interface::deviceIndex))
                .flatMap(wanted -> there.stream()
                        .filter(found -> found.getMetadata().getName().equals(wanted.hostInterfaceName())))
                .toList();
    }

    /** Whether every port is isolated and filtered. */
    static boolean portsProgrammed(HostMachine machine, Context<HostMachine> context) {
        var found = interfaces(machine, context);
        return found.size() == machine.getSpec().interfaces().size()
                && found.stream().allMatch(port -> Conditions.isTrue(port, ConditionType.PROGRAMMED));
    }

    private static Optional<List<MachineDefinition.NetworkDevice>> networks(
            HostMachine machine, Context<HostMachine> context) {
        var found = interfaces(machine, context);
        // A port that still says Programmed belongs to the last run: its tap lies in the VPC, out of libvirt's reach.
        var ready = found.stream()
                .filter(port -> Conditions.find(port.getStatus(), ConditionType.PROGRAMMED)
                        .filter(condition -> condition.reason().equals(AWAITING_MACHINE))
                        .isPresent())
                .map(port -> new MachineDefinition.NetworkDevice(
                        port.getStatus().portName(), port.getSpec().macAddress()))
                .toList();
        return ready.size() == machine.getSpec().interfaces().size() ? Optional.of(ready) : Optional.empty();
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
