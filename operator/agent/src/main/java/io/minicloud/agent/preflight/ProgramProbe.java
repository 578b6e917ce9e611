package io.minicloud.agent.preflight;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.Commands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which programs the shell of the machine finds, and what they say of themselves: one process that starts a few. */
final class ProgramProbe {
    /** Name and version in a line; the version only of those that are asked. */
    private static final String SCRIPT = """
            for program in "$@"; do
              command -v "$program" >/dev/null || continue
              case $program in
                ip) version=$(ip -V) ;;
                nft | dnsmasq | qemu-system-x86_64 | podman) version=$("$program" --version) ;;
                *) version= ;;
              esac
              printf '%s\\t%s\\n' "$program" "${version%%
            *}"
            done
            """;

    private final Commands commands;

    ProgramProbe(Commands commands) {
        this.commands = commands;
    }

    /** Those of the programs that are there, with the line of their version; null when it could not be looked. */
    @Nullable
    Map<String, String> observe(List<String> programs) {
        var arguments = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        arguments.addAll(programs);
        try {
            var found = new LinkedHashMap<String, String>();
            commands.require(Command.of(arguments.toArray(String[]::new)))
                    .lines()
                    .forEach(line -> {
                        var parts = line.split("\t", 2);
                        found.put(parts[0], parts[1]);
                    });
            return found;
        } catch (CommandFailedException e) {
            return null;
        }
    }
}
