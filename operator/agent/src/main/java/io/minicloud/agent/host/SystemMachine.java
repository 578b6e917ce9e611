package io.minicloud.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The machine as {@code /proc} and its file system describe it. */
public final class SystemMachine implements Machine {
    private static final long KIB_PER_MIB = 1024;
    private static final long BYTES_PER_GIB = 1L << 30;
    private static final String TOTAL = "MemTotal:";

    private final Path memoryInformation;
    private final Path diskFolder;
    private final Supplier<@Nullable String> virtualization;

    /**
     * A view of this machine.
     *
     * @param memoryInformation {@code /proc/meminfo}
     * @param diskFolder a folder on the file system that holds the disks
     * @param virtualization {@code kvm}, {@code qemu}, or null while the hypervisor cannot be asked
     */
    public SystemMachine(Path memoryInformation, Path diskFolder, Supplier<@Nullable String> virtualization) {
        this.memoryInformation = memoryInformation;
        this.diskFolder = diskFolder;
        this.virtualization = virtualization;
    }

    @Override
    public HostFacts observe() {
        try {
            return new HostFacts(
                    Runtime.getRuntime().availableProcessors(), memoryMiB(), diskGiB(), virtualization.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int memoryMiB() throws IOException {
        try (var lines = Files.lines(memoryInformation)) {
            var total = lines.filter(line -> line.startsWith(TOTAL))
                    .findFirst()
                    .orElseThrow(() -> new IOException(memoryInformation + " has no line " + TOTAL));
            // "MemTotal:       24689876 kB"; the kernel's kB is KiB, see proc_meminfo(5).
            var kib = total.substring(TOTAL.length()).replace("kB", "").strip();
            return Math.toIntExact(Long.parseLong(kib) / KIB_PER_MIB);
        }
    }

    private int diskGiB() throws IOException {
        Files.createDirectories(diskFolder);
        return Math.toIntExact(Files.getFileStore(diskFolder).getTotalSpace() / BYTES_PER_GIB);
    }
}
