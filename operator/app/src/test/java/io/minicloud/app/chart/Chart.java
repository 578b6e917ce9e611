package io.minicloud.app.chart;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The chart of the repository, rendered by the real Helm. */
public final class Chart {
    private Chart() {}

    /**
     * The objects of the chart for two machines and one account, as YAML.
     *
     * @param host the first machine
     * @param other the second machine
     * @param account the namespace of the account, which is made too
     */
    public static String render(String host, String other, String account) {
        return helm(
                "template",
                "minicloud",
                Tools.repository("helm/minicloud").toString(),
                "--set-json",
                "hosts=[{\"name\":\"%s\",\"zones\":[\"home-1a\"]},{\"name\":\"%s\",\"zones\":[\"home-1b\"]}]"
                        .formatted(host, other),
                "--set-json",
                "accounts=[{\"name\":\"%1$s\",\"namespace\":\"%1$s\",\"accountId\":\"111122223333\",\"createNamespace\":true}]"
                        .formatted(account));
    }

    /** Runs Helm and returns what it printed; throws with what it complained of. */
    static String helm(String... arguments) {
        var command = new ArrayList<>(List.of(Tools.program("helm").toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("helm " + arguments[0] + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
