package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The packet filter by the program {@code nft}. */
public final class NftPacketFilter implements PacketFilter {
    // Two calls: with both in one script nft 1.0.6 forgets the first table.
    private static final String LIST = "nft -s list table bridge minicloud && nft -s list table inet minicloud";
    private static final int REMEMBERED = 64;

    private final Commands commands;
    private final Map<String, String> normalForms = Collections.synchronizedMap(new NormalForms());

    /** A filter that runs {@code nft} by these commands. */
    public NftPacketFilter(Commands commands) {
        this.commands = commands;
    }

    @Override
    public Optional<String> listing(String namespace) {
        var result = commands.run(Command.of("sh", "-c", LIST).inNamespace(namespace));
        return result.succeeded() ? Optional.of(result.stdout()) : Optional.empty();
    }

    @Override
    public String normal(String ruleset) {
        var known = normalForms.get(ruleset);
        if (known != null) {
            return known;
        }
        var listing = commands.require(Command.of("unshare", "--net", "sh", "-c", "nft -f - && " + LIST)
                .withStdin(ruleset));
        normalForms.put(ruleset, listing);
        return listing;
    }

    @Override
    public void load(String namespace, String ruleset) {
        commands.require(Command.of("nft", "-f", "-").withStdin(ruleset).inNamespace(namespace));
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
