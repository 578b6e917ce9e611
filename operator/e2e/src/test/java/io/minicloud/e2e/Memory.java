package io.minicloud.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of memory, in MiB. */
final class Memory {
    private static final double KIB_OF_A_MIB = 1024;

    private Memory() {}

    /** Pages of a process that are in memory. */
    static double resident(long process) throws IOException {
        return mib(Path.of("/proc", Long.toString(process), "status"), "VmRSS:");
    }

    /** The same, and what it shares with others only in part. */
    static double proportional(long process) throws IOException {
        return mib(Path.of("/proc", Long.toString(process), "smaps_rollup"), "Pss:");
    }

    /** What programs could still have, the kernel's own needs left out. */
    static double available() throws IOException {
        return mib(Path.of("/proc/meminfo"), "MemAvailable:");
    }

    private static double mib(Path file, String field) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / KIB_OF_A_MIB;
        }
    }
}
