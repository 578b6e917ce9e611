package io.minicloud.agent.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The rules of the root namespace that packets meet which are passed on. Only their tables are listed, and no sets: on a
 * node the rest may be a hundred times as much.
 */
final class FirewallProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Commands commands;
    private final Path legacyTables;

    /**
     * A probe.
     *
     * @param commands how programs are run
     * @param legacyTables {@code /proc/net/ip_tables_names}: the tables that the older interface has, not there without it
     */
    FirewallProbe(Commands commands, Path legacyTables) {
        this.commands = commands;
        this.legacyTables = legacyTables;
    }

    /** The rules; empty when they could not be listed. */
    Optional<Ruleset> observe() {
        try {
            var tables = new ArrayList<Ruleset.Table>();
            for (var name : NftRules.forwarding(run("nft", "-j", "list", "chains"))) {
                var listing = run("nft", "-j", "-t", "list", "table", name.family(), name.table());
                tables.addAll(NftRules.parse(listing).tables());
            }
            // Asked only where it is in use: asking would make its tables.
            if (legacyTables().contains("filter")) {
                tables.add(IptablesRules.parse(run(IptablesRules.PROGRAM, "-S")));
            }
            return Optional.of(new Ruleset(tables));
        } catch (CommandFailedException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private String legacyTables() {
        try {
            return Files.readString(legacyTables);
        } catch (IOException e) {
            return "";
        }
    }

    private String run(String... arguments) {
        return commands.require(Command.of(arguments).withTimeout(PATIENCE));
    }
}
