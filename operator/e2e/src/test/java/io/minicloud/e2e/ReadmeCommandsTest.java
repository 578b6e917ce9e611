package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows nothing that no story runs. */
class ReadmeCommandsTest {
    /** What a story can run in one shell: the settings of that shell, and programs that end by themselves. */
    private static final Pattern RUNNABLE =
            Pattern.compile("(export|eval) .*|\\w+=\\S.*|\\w+\\(\\) \\{ .*; }|(kubectl|s3) .*|hack/console .* \\| .*");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void everyCommandIsKnown() {
        var commands = ReadmeCommands.commands();

        assertThat(commands).startsWith("hack/up").endsWith("hack/down");
        assertThat(ReadmeCommands.whileUp()).hasSize(commands.size() - 2).allSatisfy(command -> assertThat(command)
                .matches(RUNNABLE));
    }

    @Test
    void everyBlockIsRun() throws IOException {
        var fences = Files.readString(Tools.repository("README.md"))
                .lines()
                .filter(line -> line.startsWith("```"))
                .distinct();

        assertThat(fences).containsExactlyInAnyOrder("```sh", "```");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        try (var guides = Files.walk(Tools.repository("docs"))) {
            Stream.concat(Stream.of(Tools.repository("README.md")), guides.filter(f -> f.toString()
                            .endsWith(".md")))
                    .forEach(file -> assertThat(links(file))
                            .as("links of %s", file)
                            .allSatisfy(link ->
                                    assertThat(file.resolveSibling(link)).exists()));
        }
    }

    @Test
    void readsLinesJoinsThemAndDropsComments() {
        var markdown = """
                Some `text`.
                ```sh
                # a comment
                one --option '#1'  # told after it

                two \\
                  and more
                ```
                ```yaml
                three: 3
                ```
                """;

        assertThat(ReadmeCommands.in(markdown)).containsExactly("one --option '#1'", "two   and more");
    }

    private static List<String> links(Path file) {
        try {
            return LINK.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
