package io.minicloud.agent.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minicloud.agent.preflight.Ruleset.Action;
import io.minicloud.agent.preflight.Ruleset.Chain;
import io.minicloud.agent.preflight.Ruleset.Field;
import io.minicloud.agent.preflight.Ruleset.Rule;
import io.minicloud.agent.preflight.Ruleset.Table;
import io.minicloud.agent.preflight.Ruleset.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what {@code nft -j list} prints. Only tables of IPv4 count.
 *
 * @see <a href="https://manpages.debian.org/bookworm/libnftables1/libnftables-json.5.en.html">libnftables-json(5)</a>
 */
final class NftRules {
    private static final Set<String> FAMILIES = Set.of("ip", "inet");
    private static final Set<String> HARMLESS = Set.of("counter", "log", "mangle", "notrack", "ct helper");
    private static final ObjectMapper JSON = new ObjectMapper();

    private NftRules() {}

    /** A table. */
    record Name(String family, String table) {}

    /** The tables that have a chain at the hook {@code forward}. */
    static Set<Name> forwarding(String listing) throws JsonProcessingException {
        var names = new LinkedHashSet<Name>();
        for (var item : items(listing)) {
            var chain = item.path("chain");
            if (isForward(chain) && FAMILIES.contains(text(chain, "family"))) {
                names.add(new Name(text(chain, "family"), text(chain, "table")));
            }
        }
        return names;
    }

    /** The rules of a listing of a ruleset or of a table. */
    static Ruleset parse(String listing) throws JsonProcessingException {
        Map<Name, Map<String, Chain>> tables = new LinkedHashMap<>();
        for (var item : items(listing)) {
            var chain = item.path("chain");
            var rule = item.path("rule");
            if (chain.isObject() && FAMILIES.contains(text(chain, "family"))) {
                var drops = text(chain, "policy").equals("drop");
                chains(tables, chain)
                        .put(
                                text(chain, "name"),
                                new Chain(text(chain, "name"), isForward(chain), drops, new ArrayList<>()));
            } else if (rule.isObject() && FAMILIES.contains(text(rule, "family"))) {
                // nft lists a chain before its rules.
                chains(tables, rule).get(text(rule, "chain")).rules().add(rule(rule.path("expr")));
            }
        }
        return new Ruleset(tables.entrySet().stream()
                .map(table -> table(table.getKey(), table.getValue()))
                .toList());
    }

    private static Iterable<JsonNode> items(String listing) throws JsonProcessingException {
        return JSON.readTree(listing).path("nftables");
    }

    private static boolean isForward(JsonNode chain) {
        return text(chain, "hook").equals("forward");
    }

    private static Map<String, Chain> chains(Map<Name, Map<String, Chain>> tables, JsonNode part) {
        return tables.computeIfAbsent(
                new Name(text(part, "family"), text(part, "table")), name -> new LinkedHashMap<>());
    }

    /** A table of this name and chain is the one that iptables writes, and nft had better leave it alone. */
    private static Table table(Name name, Map<String, Chain> chains) {
        var iptables = name.equals(new Name("ip", "filter")) && chains.containsKey("FORWARD");
        return new Table(name.family(), name.table(), iptables ? "iptables" : "nft", chains);
    }

    private static Rule rule(JsonNode expressions) {
        var tests = new ArrayList<Test>();
        for (var expression : expressions) {
            var kind = expression.fieldNames().next();
            var value = expression.path(kind);
            var verdict = Ruleset.verdict(kind.equals("xt") ? text(value, "name") : kind);
            if (verdict.isPresent()) {
                return new Rule(tests, verdict.get(), text(value, "target"));
            }
            if (kind.equals("vmap") && value.findValue("accept") != null) {
                tests.add(Test.OPAQUE);
                return new Rule(tests, Action.ACCEPT, "");
            }
            if (kind.equals("match")) {
                tests.add(test(value));
            } else if (!HARMLESS.contains(kind) && !text(value, "name").equals("comment")) {
                tests.add(Test.OPAQUE);
            }
        }
        return new Rule(tests, Action.GO_ON, "");
    }

    private static Test test(JsonNode match) {
        var operator = text(match, "op");
        var field = field(match.path("left"));
        if (field == Field.OTHER || !Set.of("==", "!=", "in").contains(operator)) {
            return Test.OPAQUE;
        }
        if (field == Field.FAMILY && match.path("left").has("payload")) {
            // Whatever the address, it is none of IPv4.
            return new Test(Field.FAMILY, false, List.of("ipv6"));
        }
        return new Test(field, operator.equals("!="), values(match.path("right")));
    }

    private static Field field(JsonNode left) {
        var payload = left.path("payload");
        return switch (text(left.path("meta"), "key") + text(left.path("ct"), "key") + text(payload, "field")) {
            case "iifname", "iif" -> Field.IN_LINK;
            case "oifname", "oif" -> Field.OUT_LINK;
            case "state" -> Field.STATE;
            case "nfproto" -> Field.FAMILY;
            case "saddr" -> payload.path("protocol").asText().equals("ip") ? Field.SOURCE : Field.FAMILY;
            case "daddr" -> payload.path("protocol").asText().equals("ip") ? Field.DESTINATION : Field.FAMILY;
            default -> Field.OTHER;
        };
    }

    private static List<String> values(JsonNode right) {
        var list = right.has("set") ? right.path("set") : right;
        var values = new ArrayList<String>();
        if (list.isArray()) {
            list.forEach(value -> values.add(value(value)));
        } else {
            values.add(value(list));
        }
        return values;
    }

    private static String value(JsonNode value) {
        var prefix = value.path("prefix");
        return prefix.isObject() ? text(prefix, "addr") + "/" + text(prefix, "len") : value.asText();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
