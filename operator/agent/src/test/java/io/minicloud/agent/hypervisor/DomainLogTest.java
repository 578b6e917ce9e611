package io.minicloud.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as libvirt 9.0.0 writes them. */
class DomainLogTest {
    private static final String START =
            "2026-11-21 10:00:00.000+0000: starting up libvirt version: 9.0.0, package: 9.0.0-4+deb12u2, qemu version: 7.2\n"
                    + "LC_ALL=C \\\n/usr/bin/qemu-system-x86_64 \\\n-name guest=mcm1\n";

    @TempDir
    private Path folder;

    @Test
    void tellsHowTheLastRunEnded() throws IOException {
        assertThat(end(START + "2026-11-21 11:00:00.123+0000: shutting down, reason=shutdown\n"))
                .isEqualTo(PowerState.SHUT_DOWN);
        assertThat(end(START + "2026-11-21 11:00:00.123+0000: shutting down, reason=destroyed\n"))
                .isEqualTo(PowerState.DESTROYED);
        assertThat(end(START + "2026-11-21 11:00:00.123+0000: shutting down, reason=crashed\n"))
                .isEqualTo(PowerState.CRASHED);
        assertThat(end(START + "2026-11-21 11:00:00.123+0000: shutting down, reason=daemon\n"))
                .isEqualTo(PowerState.OFF);
    }

    @Test
    void aRunThatWasNotSeenToEndIsNotTheGuests() throws IOException {
        var before = START + "2026-11-21 11:00:00.123+0000: shutting down, reason=shutdown\n";

        assertThat(end(before + START)).isEqualTo(PowerState.OFF);
        assertThat(end("")).isEqualTo(PowerState.OFF);
        assertThat(new DomainLog(folder, Instant.EPOCH).lastEnd("never started"))
                .isEqualTo(PowerState.OFF);
    }

    @Test
    void whatEndedWithTheMachineItselfIsStartedAgain() throws IOException {
        assertThat(end(START + "2026-11-21 08:59:59.000+0000: shutting down, reason=shutdown\n"))
                .as("before this boot")
                .isEqualTo(PowerState.OFF);
    }

    @Test
    void readsTheEndOfALongLog() throws IOException {
        var noise = "char device redirected to /dev/pts/1 (label charserial0)\n".repeat(10_000);

        assertThat(end(START + noise + "2026-11-21 11:00:00.123+0000: shutting down, reason=shutdown\n"))
                .isEqualTo(PowerState.SHUT_DOWN);
    }

    private PowerState end(String text) throws IOException {
        Files.writeString(folder.resolve("mcm1.log"), text);
        return new DomainLog(folder, Instant.parse("2026-11-21T09:00:00Z")).lastEnd("mcm1");
    }
}
