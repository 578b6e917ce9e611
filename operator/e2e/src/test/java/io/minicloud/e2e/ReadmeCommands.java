package io.minicloud.e2e;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of README.md: the lines of its {@code ```sh} blocks. They are written to be run in their order, in one
 * bash at the root of the repository, by root; each ends by itself and with exit code 0.
 */
final class ReadmeCommands {
    private static final String UP = "hack/up";
    private static final String DOWN = "hack/down";

    private ReadmeCommands() {}

    /** All of them, in their order. */
    static List<String> commands() {
        try {
            return in(Files.readString(Tools.repository("README.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those between {@code hack/up} and {@code hack/down}: what a person does with a cloud that runs. */
    static List<String> whileUp() {
        var all = commands();
        return all.subList(all.indexOf(UP) + 1, all.lastIndexOf(DOWN));
    }

    /** The commands of a Markdown text: one for each line, joined where a line ends with a backslash; comments are none. */
    static List<String> in(String markdown) {
        var commands = new ArrayList<String>();
        var begun = new StringBuilder();
        var inside = false;
        for (var line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
            } else if (inside && line.endsWith("\\")) {
                begun.append(line, 0, line.length() - 1);
            } else if (inside) {
                var command = withoutComment(begun + line);
                begun.setLength(0);
                if (!command.isEmpty()) {
                    commands.add(command);
                }
            }
        }
        return List.copyOf(commands);
    }

    private static String withoutComment(String line) {
        return line.replaceFirst("(^|\\s+)#\\s.*", "").strip();
    }
}
