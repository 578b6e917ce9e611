package io.minicloud.agent.preflight;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A firewall's rules, as far as they can matter to an IPv4 packet that is passed on.
 *
 * @param tables its tables
 */
record Ruleset(List<Table> tables) {
    /**
     * A table.
     *
     * @param family e.g. {@code ip}
     * @param name its name
     * @param program what changes it by hand
     * @param chains its chains by name
     */
    record Table(String family, String name, String program, Map<String, Chain> chains) {}

    /**
     * A chain.
     *
     * @param name its name
     * @param forwards whether the kernel begins here with a packet that is passed on
     * @param drops whether it drops what no rule decided
     * @param rules in order
     */
    record Chain(String name, boolean forwards, boolean drops, List<Rule> rules) {}

    /**
     * A rule.
     *
     * @param tests all of which must hold
     * @param action what then happens
     * @param target the chain of a {@code JUMP} or {@code GOTO}, else empty
     */
    record Rule(List<Test> tests, Action action, String target) {}

    /** What a rule does. */
    enum Action {
        ACCEPT,
        DROP,
        RETURN,
        JUMP,
        GOTO,
        /** It counts, logs or marks, and the next rule follows. */
        GO_ON
    }

    /**
     * A test of a packet.
     *
     * @param field what it looks at
     * @param negated whether none of the values may be there
     * @param values one of which must be there
     */
    record Test(Field field, boolean negated, List<String> values) {
        /** A test of something that nothing is known of. */
        static final Test OPAQUE = new Test(Field.OTHER, false, List.of());
    }

    /** What a test looks at. */
    enum Field {
        IN_LINK,
        OUT_LINK,
        SOURCE,
        DESTINATION,
        STATE,
        FAMILY,
        OTHER
    }

    /** The action of a verdict's name in the words of nft and, in capitals, of iptables. */
    static Optional<Action> verdict(String word) {
        return switch (word) {
            case "accept", "ACCEPT" -> Optional.of(Action.ACCEPT);
            case "drop", "reject", "DROP", "REJECT" -> Optional.of(Action.DROP);
            case "return", "RETURN" -> Optional.of(Action.RETURN);
            case "jump" -> Optional.of(Action.JUMP);
            case "goto" -> Optional.of(Action.GOTO);
            default -> Optional.empty();
        };
    }
}
