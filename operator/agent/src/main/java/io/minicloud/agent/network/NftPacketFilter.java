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
    private static final int REMEMBERED = 512;

    private final Commands commands;
    /** By what they declare, the last rules that did: an unchanged router is compared without a scratch namespace. */
    private final Map<String, Spelling> spellings = Collections.synchronizedMap(new Latest());

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
        var wanted = RulesetText.parse(ruleset);
        var outline = String.join("\n", wanted.outline());
        var known = spellings.get(outline);
        if (known != null && known.ruleset().equals(ruleset)) {
            return known.normal();
        }
        var normal = Optional.ofNullable(known)
                .flatMap(like -> spelled(families, wanted, like))
                .orElseGet(() -> spelled(families, ruleset));
        spellings.put(outline, new Spelling(ruleset, normal));
        return normal;
    }

    /** By rules that declare the same: only what differs has to be spelled. */
    private Optional<String> spelled(List<String> families, RulesetText wanted, Spelling like) {
        var parts = wanted.differing(RulesetText.parse(like.ruleset()));
        var normal = RulesetText.parse(like.normal());
        var spelled = RulesetText.parse(spelled(families, wanted.only(parts).text()));
        return Optional.of(spelled)
                .filter(found -> found.outline().equals(normal.outline()))
                .map(found -> normal.with(parts, found).text());
    }

    private String spelled(List<String> families, String ruleset) {
        return commands.require(Command.of("unshare", "--net", "sh", "-c", "nft -f - && " + list(families))
                .withStdin(ruleset));
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

    /** Rules as they are written and as the kernel spells them. */
    private record Spelling(String ruleset, String normal) {}

    /** Those that were asked for last. */
    private static final class Latest extends LinkedHashMap<String, Spelling> {
        private static final long serialVersionUID = 1L;
        private static final float LOAD_FACTOR = 0.75f;

        Latest() {
            super(REMEMBERED, LOAD_FACTOR, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Spelling> eldest) {
            return size() > REMEMBERED;
        }
    }
}
