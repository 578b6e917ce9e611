package io.minicloud.agent.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps what was loaded; its normal form is the text itself. */
final class FakePacketFilter implements PacketFilter {
    private final Map<String, String> loaded = new HashMap<>();

    @Override
    public Optional<String> listing(@Nullable String namespace, List<String> families) {
        return Optional.ofNullable(loaded.get(namespace));
    }

    @Override
    public Set<String> tables(@Nullable String namespace) {
        return loaded.getOrDefault(namespace, "")
                .lines()
                .filter(line -> line.startsWith("table ") && line.endsWith(" {"))
                .map(line -> line.substring("table ".length(), line.length() - " {".length()))
                .collect(Collectors.toSet());
    }

    @Override
    public String normal(List<String> families, String ruleset) {
        return ruleset;
    }

    @Override
    public void load(@Nullable String namespace, String ruleset) {
        loaded.put(namespace, ruleset);
    }
}
