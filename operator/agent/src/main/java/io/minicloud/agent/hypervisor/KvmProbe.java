package io.minicloud.agent.hypervisor;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Finds out whether KVM really boots a guest here. {@code /dev/kvm} proves nothing: on some nested machines firmware runs
 * but no kernel does. So a kernel is started, without a disk: one that runs greets on the serial port, panics for want of
 * a root file system and thereby ends QEMU.
 */
public final class KvmProbe {
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GREETING = "Linux version";

    private final Commands commands;
    private final MachineView machine;
    private final Path device;
    private final List<Path> kernels;

    /**
     * A probe.
     *
     * @param commands starts QEMU
     * @param machine from where device and kernels are seen
     * @param kernels candidates; the first that is there is booted
     */
    public KvmProbe(Commands commands, MachineView machine, List<Path> kernels) {
        this(commands, machine, DEVICE, kernels);
    }

    KvmProbe(Commands commands, MachineView machine, Path device, List<Path> kernels) {
        this.commands = commands;
        this.machine = machine;
        this.device = device;
        this.kernels = List.copyOf(kernels);
    }

    /** KVM when a kernel ran under it; QEMU when none did or none is there to try. */
    public Accelerator probe() {
        if (!Files.isWritable(machine.resolve(device))) {
            return Accelerator.QEMU;
        }
        return kernels.stream()
                .filter(kernel -> Files.isReadable(machine.resolve(kernel)))
                .findFirst()
                .filter(this::boots)
                .map(kernel -> Accelerator.KVM)
                .orElse(Accelerator.QEMU);
    }

    private boolean boots(Path kernel) {
        var qemu = Command.of(
                        "qemu-system-x86_64",
                        "-accel",
                        "kvm",
                        "-machine",
                        "pc",
                        "-m",
                        "256",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-serial",
                        "stdio",
                        "-no-reboot",
                        "-kernel",
                        kernel.toString(),
                        "-append",
                        "console=ttyS0 panic=-1")
                .withTimeout(PATIENCE)
                .asUnconfined();
        try {
            return commands.run(qemu).stdout().contains(GREETING);
        } catch (CommandFailedException e) {
            return false;
        }
    }
}
