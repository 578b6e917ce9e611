package io.minicloud.agent.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.preflight.MachineFacts.Route;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.Commands;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The IPv4 routes of the root namespace, also those that only some packets look up. */
final class RouteProbe {
    private static final String ANYWHERE = "0.0.0.0/0";

    private final Commands commands;
    private final ObjectMapper json = new ObjectMapper();

    RouteProbe(Commands commands) {
        this.commands = commands;
    }

    /** All of them; null when they could not be listed. */
    @Nullable
    List<Route> observe() {
        try {
            return parse(commands.require(Command.of("ip", "-j", "-4", "route", "show", "table", "all")));
        } catch (CommandFailedException | JsonProcessingException e) {
            return null;
        }
    }

    private List<Route> parse(String listing) throws JsonProcessingException {
        var routes = new ArrayList<Route>();
        for (var node : json.readTree(listing.isBlank() ? "[]" : listing)) {
            var destination = node.path("dst").asText();
            routes.add(new Route(
                    Ipv4Range.parse(destination.equals("default") ? ANYWHERE : destination),
                    node.path("dev").asText()));
        }
        return routes;
    }
}
