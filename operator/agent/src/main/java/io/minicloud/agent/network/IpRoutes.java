package io.minicloud.agent.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.Commands;
import io.minicloud.reconcile.identity.RoutingTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Routes by the program {@code ip}. */
public final class IpRoutes implements Routes {
    private final Commands commands;
    private final ObjectMapper json = new ObjectMapper();

    /** The routes that these commands tell of. */
    public IpRoutes(Commands commands) {
        this.commands = commands;
    }

    @Override
    public KernelRoutes ofRouteTables(String namespace) {
        var told = read(namespace, List.of("route show table all", "rule show", "neigh show nud permanent"));
        var routes = new KernelRoutes.Builder();
        for (var route : told.get(0)) {
            if (isOurs(route)) {
                routes.route(text(route, "dst"), way(route, ""), text(route, "table"));
            }
        }
        for (var rule : told.get(1)) {
            if (isOurs(rule)) {
                rule(rule, routes);
            }
        }
        told.get(2).forEach(found -> routes.neighbour(text(found, "dst"), text(found, "lladdr"), text(found, "dev")));
        return routes.build();
    }

    private static void rule(JsonNode rule, KernelRoutes.Builder routes) {
        if (rule.has("fwmark")) {
            routes.marked(text(rule, "fwmark"), text(rule, "table"));
        } else if (rule.has("ipproto")) {
            routes.rule(text(rule, "iif"), text(rule, "ipproto"), text(rule, "table"));
        } else {
            routes.rule(text(rule, "iif"), text(rule, "table"));
        }
    }

    @Override
    public LearnedNeighbours learned(String namespace) {
        var macs = new HashMap<String, String>();
        read(namespace, List.of("neigh show"))
                .getFirst()
                .forEach(found -> macs.put(
                        LearnedNeighbours.place(text(found, "dst"), text(found, "dev")), text(found, "lladdr")));
        macs.values().removeIf(String::isEmpty);
        return new LearnedNeighbours(macs);
    }

    @Override
    public KernelRoutes by(@Nullable String namespace, Collection<String> links) {
        var lines = new ArrayList<String>();
        for (var link : links) {
            lines.add("route show dev " + link);
            lines.add("neigh show nud permanent dev " + link);
        }
        var told = read(namespace, lines).iterator();
        var routes = new KernelRoutes.Builder();
        for (var link : links) {
            told.next().forEach(route -> routes.route(text(route, "dst"), way(route, link), ""));
            told.next().forEach(found -> routes.neighbour(text(found, "dst"), text(found, "lladdr"), link));
        }
        return routes.build();
    }

    @Override
    public Set<ProxiedAddress> proxied() {
        var proxied = new HashSet<ProxiedAddress>();
        for (var found : read(null, List.of("neigh show proxy")).getFirst()) {
            if (text(found, "protocol").equals(LanPlanner.PROTOCOL)) {
                proxied.add(new ProxiedAddress(text(found, "dst"), text(found, "dev")));
            }
        }
        return proxied;
    }

    @Override
    public List<DefaultRoute> defaults() {
        var found = new ArrayList<JsonNode>();
        read(null, List.of("route show default")).getFirst().forEach(found::add);
        return found.stream()
                .filter(route -> route.has("dev"))
                .sorted(Comparator.comparingLong(route -> route.path("metric").asLong(0)))
                .map(route -> new DefaultRoute(text(route, "dev"), text(route, "gateway")))
                .toList();
    }

    /** One answer for each line. */
    private List<JsonNode> read(@Nullable String namespace, List<String> lines) {
        var arguments = new ArrayList<>(List.of("ip"));
        if (namespace != null) {
            arguments.addAll(List.of("-n", namespace));
        }
        arguments.addAll(List.of("-4", "-j", "-batch", "-"));
        var command = Command.of(arguments.toArray(String[]::new)).withStdin(String.join("\n", lines) + "\n");
        try (var parser = json.createParser(commands.require(command))) {
            var answers = new ArrayList<JsonNode>();
            while (parser.nextToken() != null) {
                answers.add(json.readTree(parser));
            }
            return answers;
        } catch (IOException e) {
            throw new CommandFailedException(command, "printed no JSON: " + e.getMessage());
        }
    }

    private static boolean isOurs(JsonNode found) {
        var table = text(found, "table");
        return table.chars().allMatch(Character::isDigit)
                && !table.isEmpty()
                && Long.parseLong(table) >= RoutingTable.FIRST;
    }

    /**
     * How a route goes on.
     *
     * @param link by which it goes where it does not say so itself, as it was asked for by that
     */
    private static String way(JsonNode route, String link) {
        if (text(route, "type").equals(KernelRoutes.BLACKHOLE)) {
            return KernelRoutes.BLACKHOLE;
        }
        if (text(route, "type").equals(KernelRoutes.LOCAL)) {
            return KernelRoutes.LOCAL;
        }
        var onlink = false;
        for (var flag : route.path("flags")) {
            onlink |= flag.asText().equals("onlink");
        }
        return (route.has("gateway") ? "via " + text(route, "gateway") + " " : "")
                + "dev "
                + route.path("dev").asText(link)
                + (onlink ? " onlink" : "");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
