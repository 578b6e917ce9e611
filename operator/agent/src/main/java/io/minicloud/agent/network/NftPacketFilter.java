package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The packet filter by the program {@code nft}. */
public final class NftPacketFilter implements PacketFilter {
    private static final int REMEMBERED = 64;

    private final Commands commands;
    private final Map<String, String> normalForms = Collections.synchronizedMap(new NormalForms());

    /** A filter that runs {@code nft} by these commands. */
    public NftPacketFilter(Commands commands) {
        this.commands = commands;
    }

    @Override
    public Optional<String> listing(@Nullable String namespace, List<String> families) {
        var result = commands.run(Command.of("sh", "-c", list(families)).inNamespace(namespace));
        return result.succeeded() ? Optional.of(result.stdout()) : Optional.empty();
    }

    @Override
    public Set<String> tables(@Nullable String namespace) {
        return commands.require(Command.of("nft", "list", "tables").inNamespace(namespace))
                .lines()
                .map(line -> line.substring("table ".length()))
                .collect(Collectors.toSet());
    }

    @Override
    public String normal(List<String> families, String ruleset) {
        var known = normalForms.get(ruleset);
        if (known != null) {
            return known;
        }
        var listing = commands.require(Command.of("unshare", "--net", "sh", "-c", "nft -f - && " + list(families))
                .withStdin(ruleset));
        normalForms.put(ruleset, listing);
        return listing;
    }

    @Override
    public void load(@Nullable String namespace, String ruleset) {
        commands.require(Command.of("nft", "-f", "-").withStdin(ruleset).inNamespace(namespace));
    }

    /** A call for each: with two tables in one script nft 1.0.6 forgets the first. */
    private static String list(List<String> families) {
        return families.stream()
                .map(family -> "nft -s list table " + (family.contains(" ") ? family : family + " minicloud"))
                .collect(Collectors.joining(" && "));
    }

    /** The normal forms of the last rulesets: an unchanged router is compared without a scratch namespace. */
    private static final class NormalForms extends LinkedHashMap<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    }
}
