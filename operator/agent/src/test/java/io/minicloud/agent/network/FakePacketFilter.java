package io.minicloud.agent.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps what was loaded; its normal form is the text itself. */
final class FakePacketFilter implements PacketFilter {
    private final Map<String, String> loaded = new HashMap<>();

    @Override
    public Optional<String> listing(String namespace) {
        return Optional.ofNullable(loaded.get(namespace));
    }

    @Override
    public String normal(String ruleset) {
        return ruleset;
    }

    @Override
    public void load(String namespace, String ruleset) {
        loaded.put(namespace, ruleset);
    }
}
