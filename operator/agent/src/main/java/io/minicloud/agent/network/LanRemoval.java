package io.minicloud.agent.network;

import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ends the answers for the addresses of a gateway that goes, before the ways to them go, and those that a crash left. */
public final class LanRemoval {
    private final NetworkStack stack;
    private final RouterSteps steps;
    private final LanPlanner planner;

    /** A removal from this network stack. */
    public LanRemoval(NetworkStack stack) {
        this.stack = stack;
        this.steps = new RouterSteps(stack.links(), stack.filter());
        this.planner = new LanPlanner(steps, stack.filter());
    }

    /**
     * For whom the root namespace answers, and by which of these links each is reached; empty for none.
     *
     * @param rootLinks the links of the root namespace
     */
    Map<ProxiedAddress, String> answered(Collection<Link> rootLinks) {
        var answered = new HashMap<ProxiedAddress, String>();
        stack.routes().proxied().forEach(found -> answered.put(found, ""));
        if (!answered.isEmpty()) {
            rootLinks.stream().map(Link::name).filter(LanRemoval::isAtEdge).forEach(edge -> {
                var ways = stack.routes().by(null, List.of(edge)).routes();
                answered.replaceAll((found, link) -> ways.containsKey(found.address()) ? edge : link);
            });
        }
        return answered;
    }

    /** The tables of the root namespace that gateways have of their own. */
    Set<String> tables() {
        return stack.filter().tables(null).stream()
                .filter(table -> isAtEdge(table.substring(table.indexOf(' ') + 1)))
                .collect(Collectors.toSet());
    }

    /**
     * The steps that end what leads nowhere, of whichever installation it is.
     *
     * @param there what is there
     * @param going the links of the root namespace that are about to go
     */
    List<Action> collect(NetworkInventory there, Set<String> going) {
        var staying = there.rootLinks().stream()
                .map(Link::name)
                .filter(name -> !going.contains(name))
                .collect(Collectors.toSet());
        var plan = new ArrayList<Action>();
        planner.stop(
                there.answered().entrySet().stream()
                        .filter(found -> !staying.contains(found.getValue()))
                        .map(Map.Entry::getKey)
                        .toList(),
                plan);
        there.edgeTables().stream()
                .filter(table -> !staying.contains(table.substring(table.indexOf(' ') + 1)))
                .sorted()
                .forEach(table -> plan.add(steps.deleteTable(table)));
        return plan;
    }

    private static boolean isAtEdge(String link) {
        return link.startsWith(InternetGateway.AT_EDGE_PREFIX);
    }

    /**
     * The steps; empty when nothing of it is there.
     *
     * @param gatewayId the AWS id of the gateway
     */
    public Plan plan(String gatewayId) {
        var edge = InternetGateway.atEdge(Syntax.id(gatewayId));
        var plan = new ArrayList<Action>();
        var answered = stack.routes().proxied();
        if (!answered.isEmpty() && stack.links().find(null, edge).isPresent()) {
            var ways = stack.routes().by(null, List.of(edge)).routes();
            planner.stop(
                    answered.stream()
                            .filter(found -> ways.containsKey(found.address()))
                            .collect(Collectors.toSet()),
                    plan);
        }
        var table = LanPlanner.table(edge).getFirst();
        if (stack.filter().tables(null).contains(table)) {
            plan.add(steps.deleteTable(table));
        }
        return new Plan(plan);
    }
}
