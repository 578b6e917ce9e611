package io.minicloud.agent.stage;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandResult;
import io.minicloud.agent.process.Commands;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import java.util.ArrayList;
import java.util.List;

/** Really runs programs, and remembers which. */
public final class RecordingCommands implements Commands {
    private static final List<String> LOOKS =
            List.of(" show", "sysctl -e ", " route get ", " -j -batch", "sh -c nft -s list table", "qemu-img info");

    private final Commands system = new SystemCommands(MachineView.direct());
    private final List<String> lines = new ArrayList<>();

    @Override
    public CommandResult run(Command command) {
        lines.add(String.join(" ", command.arguments()));
        return system.run(command);
    }

    /** Forgets what was run. */
    public void clear() {
        lines.clear();
    }

    /** Every program that was run. */
    public List<String> all() {
        return List.copyOf(lines);
    }

    /** Those that may have changed something. */
    public List<String> changes() {
        return lines.stream()
                .filter(line -> LOOKS.stream().noneMatch(line::contains))
                .toList();
    }
}
