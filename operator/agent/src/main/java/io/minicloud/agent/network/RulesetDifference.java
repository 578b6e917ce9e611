package io.minicloud.agent.network;

import io.minicloud.agent.network.RulesetText.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The transaction from the rules that are loaded to those that are wanted. It costs what differs: the chains whose rules do, and of
 * sets and maps the elements. Where other things are declared than before, it is the whole ruleset.
 */
final class RulesetDifference {
    private RulesetDifference() {}

    /**
     * One transaction: a packet meets the old rules or the new ones.
     *
     * @param loaded what is loaded, as the kernel spells it; empty for nothing
     * @param normal what is wanted, as the kernel spells it
     * @param ruleset what is wanted, as a transaction that replaces all
     */
    static String between(Optional<String> loaded, String normal, String ruleset) {
        return loaded.map(RulesetText::parse)
                .flatMap(from -> between(from, RulesetText.parse(normal), RulesetText.parse(ruleset)))
                .orElse(ruleset);
    }

    private static Optional<String> between(RulesetText from, RulesetText to, RulesetText ruleset) {
        if (!from.outline().equals(to.outline())) {
            return Optional.empty();
        }
        var present = from.parts();
        var wanted = to.parts();
        var written = ruleset.parts();
        var elements = new StringBuilder();
        var refilled = new ArrayList<Segment>();
        for (var key : from.differing(to)) {
            var before = present.get(key);
            var after = wanted.get(key);
            if (before.kind().equals("chain") || before.hasRanges()) {
                refilled.add(written.get(key));
            } else {
                elements.append(elements("delete", before, without(before.elements(), after.elements())))
                        .append(elements("add", before, without(after.elements(), before.elements())));
            }
        }
        return Optional.of(elements + refilled(refilled));
    }

    private static List<String> without(Set<String> elements, Set<String> others) {
        return elements.stream().filter(element -> !others.contains(element)).toList();
    }

    private static String elements(String what, Segment set, List<String> elements) {
        return elements.isEmpty()
                ? ""
                : "%s element %s %s { %s }%n".formatted(what, set.table(), set.name(), String.join(", ", elements));
    }

    /** Emptied and declared again with what is in it; that another part names it does not matter. */
    private static String refilled(List<Segment> parts) {
        return parts.stream()
                .map(part -> "flush %s%ntable %s {%n%s}%n".formatted(part.key(), part.table(), part.text()))
                .collect(Collectors.joining());
    }
}
