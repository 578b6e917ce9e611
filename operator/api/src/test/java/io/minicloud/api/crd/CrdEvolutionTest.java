package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Within a version the types change compatibly only: compared with those of the last release, which lie in the folder
 * {@code released}, and with those of a git revision (HEAD, or what {@code -Dcrds.since} names). {@code -Dcrds.release} makes
 * the types of now the last release.
 */
class CrdEvolutionTest {
    private static final Path RESOURCES = Tools.repository("operator/api/src/test/resources/io/minicloud/api/crd")
            .toAbsolutePath();
    private static final Path RELEASED = RESOURCES.resolve("released");
    private static final Path ACCEPTED = RESOURCES.resolve("accepted-changes.yaml");
    private static final String NONE_ACCEPTED = """
            # What was changed since the last release although the checker calls it incompatible: a list of {change, why}, the change
            # as the checker tells it, the why for whoever upgrades. Empty again with each release.
            []
            """;

    private final Map<String, String> generated = CrdFiles.generate();

    @Test
    void whatTheLastReleaseTookIsStillTaken() throws IOException {
        if (System.getProperty("crds.release") != null) {
            release();
        }
        var released = CrdFiles.read(RELEASED);
        assertThat(released).isNotEmpty();
        assertThat(breaks(released))
                .as(
                        "objects or manifests of the last release would be refused, lose fields or change their meaning:"
                                + " docs/contributing.md, \"Changing a kind\", says what to do."
                                + " An unexpected line is one that accepted-changes.yaml does not list; one that is not found is listed in vain.")
                .containsExactlyInAnyOrderElementsOf(AcceptedChange.read(ACCEPTED).stream()
                        .map(AcceptedChange::change)
                        .toList());
    }

    @Test
    void whatIsAcceptedSaysWhy() {
        assertThat(AcceptedChange.read(ACCEPTED))
                .allSatisfy(change -> assertThat(change.why()).isNotBlank());
    }

    @Test
    void whatTheCommittedDefinitionsTakeIsStillTaken() throws Exception {
        if (System.getProperty("crds.break") != null) {
            return;
        }
        var revision = System.getProperty("crds.since", "HEAD");
        var committed = new TreeMap<String, String>();
        for (var file : git("ls-tree", "--name-only", revision, "crds/").lines().toList()) {
            if (file.endsWith(".yaml")) {
                committed.put(file.substring("crds/".length()), git("show", revision + ":" + file));
            }
        }
        var accepted = AcceptedChange.read(ACCEPTED).stream()
                .map(AcceptedChange::change)
                .toList();
        assertThat(breaks(committed))
                .as(
                        "objects of %s would be refused, lose fields or change their meaning; crds/README.md says what to do",
                        revision)
                .isSubsetOf(accepted);
    }

    private List<String> breaks(Map<String, String> before) {
        var breaks = new ArrayList<String>();
        before.forEach((file, yaml) -> {
            var name = file.substring(0, file.length() - ".yaml".length());
            if (generated.containsKey(file)) {
                CrdCompatibility.breaks(CrdFiles.parse(yaml), CrdFiles.parse(generated.get(file)))
                        .forEach(what -> breaks.add(name + " " + what));
            } else {
                breaks.add(name + " removed");
            }
        });
        return breaks;
    }

    private void release() throws IOException {
        for (var stale : CrdFiles.read(RELEASED).keySet()) {
            Files.delete(RELEASED.resolve(stale));
        }
        for (var file : generated.entrySet()) {
            Files.writeString(RELEASED.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(ACCEPTED, NONE_ACCEPTED);
    }

    private static String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(Tools.repository("").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
