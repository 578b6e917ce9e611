package io.minicloud.agent.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.host.ProxyAccessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpoolTest {
    private static final LogNames NAMES = new LogNames("net/web/0123456789abcdef", Map.of(), Map.of());
    private static final LogTarget TARGET = new LogTarget(
            new ProxyAccessLog("logs", "web", "111122223333", "home-1", "http://s3", "s", "10.0.0.1", null),
            "net/web/0123456789abcdef",
            "AKIA",
            "hidden");
    private static final Instant END = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void whatIsToldAgainIsTakenOnceAlsoByTheNextAgent() throws IOException {
        var spool = spool(1 << 20);
        spool.append(told("1-8", 0, 1, 3, 2));
        spool.append(told("1-8", 0, 1, 2, 3, 5));
        spool = spool(1 << 20);
        spool.append(told("1-8", 0, 1, 2, 3, 4, 5, 6));
        spool.rotate(TARGET, NAMES, END);
        spool = spool(1 << 20);
        spool.append(told("1-8", 0, 1, 2, 3, 4, 5, 6, 7));
        spool.append(told("2-8", 0));
        spool.rotate(TARGET, NAMES, END);

        assertThat(spool.files().stream().map(LogSpoolTest::entries)).containsExactlyInAnyOrder(7L, 2L);
        assertThat(spool.files().stream().map(spool::key))
                .allMatch(key -> key.startsWith("web/AWSLogs/111122223333/elasticloadbalancing/home-1/2026/11/23/"));
    }

    @Test
    void whatIsNoLineMakesNoFile() throws IOException {
        var spool = spool(1 << 20);
        spool.append(List.of("1-8 minicloud-tls 0 443 half", "1-8 nonsense"));
        spool.rotate(TARGET, NAMES, END);

        assertThat(spool.files()).isEmpty();
        spool.rotate(TARGET, NAMES, END);
        assertThat(spool.files()).isEmpty();
    }

    @Test
    void theOldestGoWhenTooMuchWaits() throws IOException {
        var spool = spool(1_000);
        for (int file = 0; file < 20; file++) {
            spool.append(told("1-8", file));
            spool.rotate(TARGET, NAMES, END.plusSeconds(60L * file));
            Files.setLastModifiedTime(newest(spool, file), FileTime.from(Instant.EPOCH.plusSeconds(file)));
        }

        long bytes = 0;
        for (var file : spool.files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isBetween(500L, 1_000L);
        assertThat(spool.key(spool.files().getLast())).contains("T0819Z");
        assertThat(spool.files()).noneMatch(file -> file.toString().contains("T0800Z"));
    }

    @Test
    void whatMayNotBePutAnyMoreIsDropped() throws IOException {
        var spool = spool(1 << 20);
        spool.append(told("1-8", 0));
        spool.rotate(TARGET, NAMES, END);
        spool.dropOutside(TARGET.folder());
        assertThat(spool.files()).hasSize(1);
        spool.dropOutside("other/AWSLogs/");
        assertThat(spool.files()).isEmpty();
    }

    @Test
    void aNumberThatNeverComesIsGivenUp() {
        var seen = new Seen();
        IntStream.range(1, 3_000)
                .forEach(number ->
                        assertThat(seen.isNew(told("1-8", number).getFirst())).isTrue());

        assertThat(seen.lines()).hasSize(1);
        assertThat(seen.lines().getFirst()).hasSizeLessThan(6_000);
        assertThat(Seen.of(seen.lines().stream()).lines()).isEqualTo(seen.lines());
        assertThat(seen.isNew(told("1-8", 2_999).getFirst())).isFalse();
    }

    private static Path newest(LogSpool spool, int file) throws IOException {
        var name = "T08%02dZ".formatted(file);
        return spool.files().stream()
                .filter(path -> path.toString().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private LogSpool spool(long limit) throws IOException {
        return new LogSpool(folder.resolve("elb"), limit);
    }

    private static List<String> told(String process, int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> process + " minicloud-tls " + number
                        + " 443 1795416600196703 1795416600195636 192.0.2.1:5 10.0.0.1:443 1 1 1 1 X TLSv1.3 -")
                .toList();
    }

    private static long entries(Path file) {
        try (var unzipped = new GZIPInputStream(Files.newInputStream(file))) {
            Stream<String> lines = new String(unzipped.readAllBytes(), StandardCharsets.US_ASCII).lines();
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
