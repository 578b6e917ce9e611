package io.minicloud.agent.preflight;

import io.minicloud.agent.preflight.Ruleset.Action;
import io.minicloud.agent.preflight.Ruleset.Chain;
import io.minicloud.agent.preflight.Ruleset.Field;
import io.minicloud.agent.preflight.Ruleset.Rule;
import io.minicloud.agent.preflight.Ruleset.Table;
import io.minicloud.agent.preflight.Ruleset.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what {@code iptables-legacy -S} prints: the rules of the older kernel interface, which {@code nft} does not see.
 *
 * @see <a href="https://manpages.debian.org/bookworm/iptables/iptables.8.en.html">iptables(8)</a>
 */
final class IptablesRules {
    static final String PROGRAM = "iptables-legacy";

    private static final Pattern WORD = Pattern.compile("\"(?:\\\\.|[^\"])*\"|\\S+");

    private IptablesRules() {}

    /** The table {@code filter}. */
    static Table parse(String listing) {
        Map<String, Chain> chains = new LinkedHashMap<>();
        listing.lines()
                .map(IptablesRules::words)
                .filter(line -> line.size() > 1)
                .forEach(line -> {
                    var name = line.get(1);
                    switch (line.getFirst()) {
                        case "-P" ->
                            chains.put(
                                    name,
                                    new Chain(name, name.equals("FORWARD"), line.contains("DROP"), new ArrayList<>()));
                        case "-N" -> chains.put(name, new Chain(name, false, false, new ArrayList<>()));
                        default -> chains.get(name).rules().add(rule(line.subList(2, line.size())));
                    }
                });
        return new Table("ip", "filter", PROGRAM, chains);
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(result -> result.group()).toList();
    }

    private static Rule rule(List<String> words) {
        var tests = new ArrayList<Test>();
        var negated = false;
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (word) {
                case "!" -> negated = true;
                case "-j", "-g" -> {
                    var jump = word.equals("-j") ? Action.JUMP : Action.GOTO;
                    return target(tests, jump, value);
                }
                case "-i", "-o", "-s", "-d" -> {
                    tests.add(new Test(field(word), negated, List.of(value)));
                    negated = false;
                    i++;
                }
                // A remark tests nothing.
                case "--comment" -> i++;
                case "-m" -> i += value.equals("comment") ? 1 : 0;
                default -> tests.add(Test.OPAQUE);
            }
        }
        return new Rule(tests, Action.GO_ON, "");
    }

    /** A target that is neither a verdict nor a chain (LOG, MARK) is found in no table, and the next rule follows. */
    private static Rule target(List<Test> tests, Action jump, String target) {
        return Ruleset.verdict(target)
                .map(verdict -> new Rule(tests, verdict, ""))
                .orElseGet(() -> new Rule(tests, jump, target));
    }

    private static Field field(String option) {
        return switch (option) {
            case "-i" -> Field.IN_LINK;
            case "-o" -> Field.OUT_LINK;
            case "-s" -> Field.SOURCE;
            default -> Field.DESTINATION;
        };
    }
}
