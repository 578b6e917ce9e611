package io.minicloud.app.chart;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The chart of the repository, rendered by the real Helm. */
public final class Chart {
    /** The folder of the chart. */
    static final String FOLDER = Tools.repository("helm/minicloud").toString();

    /** The one namespace that it may be installed in. */
    static final String NAMESPACE = "minicloud-system";

    private Chart() {}

    /** What a run of Helm came to: what it printed, and what it complained of. */
    record Outcome(int status, String output, String complaint) {}

    /**
     * The objects of the chart for two machines and one account, as YAML, without the programs: tests start these
     * themselves.
     *
     * @param host the first machine
     * @param other the second machine
     * @param account the namespace of the account, which is made too
     */
    public static String render(String host, String other, String account) {
        return template(
                "--set=controller.enabled=false",
                "--set=minio.enabled=false",
                "--set-json=hosts=[{\"name\":\"%s\",\"zones\":[\"home-1a\"],\"agent\":\"External\"},{\"name\":\"%s\",\"zones\":[\"home-1b\"],\"agent\":\"External\"}]"
                        .formatted(host, other),
                "--set-json=accounts=[{\"name\":\"%1$s\",\"namespace\":\"%1$s\",\"accountId\":\"111122223333\",\"createNamespace\":true}]"
                        .formatted(account));
    }

    /** The objects of the chart with these further arguments of {@code helm template}, as YAML. */
    static String template(String... arguments) {
        return helm(templating(arguments));
    }

    /** Why Helm does not render the chart with these further arguments; throws when it does. */
    static String refusal(String... arguments) {
        return complaint(templating(arguments));
    }

    /** What the chart makes for the time of an upgrade of the resource definitions, as YAML. */
    public static String upgradeOfDefinitions() {
        return template(Rendered.HOSTS, "--is-upgrade", "--show-only=templates/crd-upgrade.yaml");
    }

    /** Runs Helm and returns what it printed; throws with what it complained of. */
    static String helm(String... arguments) {
        var outcome = run(arguments);
        if (outcome.status() != 0) {
            throw new IllegalStateException("helm " + arguments[0] + " failed: " + outcome.complaint());
        }
        return outcome.output();
    }

    /** Runs Helm and returns what it complained of; throws when it succeeds. */
    static String complaint(String... arguments) {
        var outcome = run(arguments);
        if (outcome.status() == 0) {
            throw new AssertionError("helm " + String.join(" ", arguments) + " succeeded");
        }
        return outcome.complaint();
    }

    private static String[] templating(String... arguments) {
        var all = new ArrayList<>(List.of("template", "minicloud", FOLDER, "--namespace", NAMESPACE));
        all.addAll(Arrays.asList(arguments));
        return all.toArray(String[]::new);
    }

    private static Outcome run(String... arguments) {
        var command = new ArrayList<>(List.of(Tools.program("helm").toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            var complaints = Files.createTempFile("helm", ".log");
            try {
                return run(new ProcessBuilder(command).redirectError(complaints.toFile()), complaints);
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Outcome run(ProcessBuilder builder, Path complaints) throws IOException, InterruptedException {
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(complaints));
    }
}
