package io.minicloud.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemMachineTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatTheKernelSays() throws IOException {
        var meminfo = Files.writeString(folder.resolve("meminfo"), "MemFree:  1 kB\nMemTotal:       2097152 kB\n");

        var facts = new SystemMachine(meminfo, folder.resolve("disks"), () -> "qemu").observe();

        assertThat(facts.memoryMiB()).isEqualTo(2048);
        assertThat(facts.vCpus()).isPositive();
        assertThat(facts.diskGiB()).isPositive();
        assertThat(facts.virtualization()).isEqualTo("qemu");
    }
}
