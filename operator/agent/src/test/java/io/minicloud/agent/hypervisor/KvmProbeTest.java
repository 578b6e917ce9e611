package io.minicloud.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.CommandResult;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvmProbeTest {
    private final List<Command> run = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path device;
    private Path kernel;

    @BeforeEach
    void makeADeviceAndAKernel() throws IOException {
        device = Files.createFile(folder.resolve("kvm"));
        kernel = Files.createFile(folder.resolve("vmlinuz"));
    }

    @Test
    void believesAKernelThatGreets() {
        assertThat(probe(says(0, "[    0.000000] Linux version 6.1.0-cloud-amd64"), kernel))
                .isEqualTo(Accelerator.KVM);
        assertThat(run).singleElement().satisfies(command -> assertThat(command.arguments())
                .containsSequence("-accel", "kvm")
                .containsSequence("-kernel", kernel.toString()));
    }

    @Test
    void doesNotBelieveADeviceUnderWhichNoKernelRuns() {
        assertThat(probe(says(0, "SeaBIOS (version 1.16.2)"), kernel)).isEqualTo(Accelerator.QEMU);
        assertThat(probe(says(1, ""), kernel)).isEqualTo(Accelerator.QEMU);
    }

    @Test
    void doesNotWaitForeverForAKernelThatHangs() {
        Commands hangs = command -> {
            run.add(command);
            throw new CommandFailedException(command, "did not end within " + command.timeout());
        };

        assertThat(probe(hangs, kernel)).isEqualTo(Accelerator.QEMU);
        assertThat(run).singleElement().satisfies(command -> assertThat(command.timeout())
                .isLessThanOrEqualTo(Command.DEFAULT_TIMEOUT));
    }

    @Test
    void startsNothingWithoutADeviceOrAKernel() throws IOException {
        assertThat(probe(says(0, "Linux version"), folder.resolve("no kernel"))).isEqualTo(Accelerator.QEMU);
        Files.delete(device);
        assertThat(probe(says(0, "Linux version"), kernel)).isEqualTo(Accelerator.QEMU);
        assertThat(run).isEmpty();
    }

    @Test
    void takesTheFirstKernelThatIsThere() {
        probe(says(0, "Linux version"), folder.resolve("no kernel"), kernel);

        assertThat(run).singleElement().satisfies(command -> assertThat(command.arguments())
                .contains(kernel.toString()));
    }

    private Accelerator probe(Commands commands, Path... kernels) {
        return new KvmProbe(commands, MachineView.direct(), device, List.of(kernels)).probe();
    }

    private Commands says(int exitCode, String console) {
        return command -> {
            run.add(command);
            return new CommandResult(exitCode, console, "");
        };
    }
}
