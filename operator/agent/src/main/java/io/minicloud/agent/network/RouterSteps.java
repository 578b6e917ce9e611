package io.minicloud.agent.network;

import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.reconcile.plan.Action;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the steps that a plan of this package consists of. */
final class RouterSteps {
    private final Links links;
    private final PacketFilter filter;

    RouterSteps(Links links, PacketFilter filter) {
        this.links = links;
        this.filter = filter;
    }

    /**
     * One step.
     *
     * @param description for logs and checkpoints
     * @param script what it hands to its program, for tests and for a person who wonders
     * @param body what it does
     */
    record Step(String description, String script, Runnable body) implements Action {
        @Override
        public String describe() {
            return description;
        }

        @Override
        public void apply() {
            body.run();
        }
    }

    Step createNamespace(String namespace, String tag) {
        return new Step(
                "create network namespace " + namespace,
                "netns add " + namespace,
                () -> links.createNamespace(namespace, tag));
    }

    Step deleteNamespace(String namespace) {
        return new Step(
                "delete network namespace " + namespace,
                "netns delete " + namespace,
                () -> links.deleteNamespace(namespace));
    }

    Step change(@Nullable String namespace, String what, List<String> lines) {
        return new Step(what, String.join("\n", lines), () -> links.change(namespace, lines));
    }

    /** For a link that the kernel may take away by itself at any moment. */
    Step deleteIfPresent(@Nullable String namespace, String link) {
        return deleteIfPresent(namespace, "delete link " + link, link);
    }

    /** The same, in other words. */
    Step deleteIfPresent(@Nullable String namespace, String what, String link) {
        return new Step(what, "link delete " + link, () -> {
            try {
                links.change(namespace, List.of("link delete " + link));
            } catch (CommandFailedException e) {
                if (links.find(namespace, link).isPresent()) {
                    throw e;
                }
            }
        });
    }

    Step set(@Nullable String namespace, Map<String, String> settings) {
        return new Step(
                "set " + String.join(" ", settings.keySet()),
                settings.toString(),
                () -> links.set(namespace, settings));
    }

    Step loadRuleset(@Nullable String namespace, String ruleset) {
        var where = namespace == null ? "the root namespace" : namespace;
        return new Step("load the rules of " + where, ruleset, () -> filter.load(namespace, ruleset));
    }

    /** Should a gateway come at this moment, its next pass loads them again. */
    Step deleteEdgeRules() {
        var rules = "table ip minicloud\ndelete table ip minicloud\n";
        return new Step("delete the rules of internet gateways", rules, () -> filter.load(null, rules));
    }

    /** A table of the root namespace, by family and name; also when it is gone already. */
    Step deleteTable(String table) {
        var rules = "table %1$s\ndelete table %1$s\n".formatted(table);
        return new Step("delete the rules " + table, rules, () -> filter.load(null, rules));
    }

    /** There is no "replace" of a rule, and a second one is refused. */
    Step ownRule(String namespace, String table) {
        var rule = "rule add iif lo lookup " + table + " priority 40000";
        return new Step("look up the router's own packets in table " + table, rule, () -> {
            if (!links.isLookedUp(namespace, table)) {
                links.change(namespace, List.of(rule));
            }
        });
    }
}
