package io.minicloud.agent.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.Commands;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Links by the programs of iproute2 and {@code sysctl}. */
public final class IpLinks implements Links {
    // TEST-NET-1 (RFC 5737): no packet is sent, the kernel is only asked for the way.
    private static final String FAR_ADDRESS = "192.0.2.1";

    // The tag is set before the name exists, so that a namespace of that name without a tag is certainly not ours.
    private static final String CREATE = "ip link set lo alias \"$1\" && ip netns attach \"$2\" $$";

    private final Commands commands;
    private final NamedNamespaces namespaces;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * The links of a machine.
     *
     * @param commands by which they are changed
     * @param namespaces which are there
     */
    public IpLinks(Commands commands, NamedNamespaces namespaces) {
        this.commands = commands;
        this.namespaces = namespaces;
    }

    @Override
    public boolean namespaceExists(String namespace) {
        return Files.exists(namespaces.file(namespace));
    }

    @Override
    public void createNamespace(String namespace, String tag) {
        commands.require(Command.of("unshare", "--net", "sh", "-c", CREATE, "sh", tag, namespace));
    }

    @Override
    public void nameNamespace(String namespace, long pid) {
        commands.require(Command.of("ip", "netns", "attach", namespace, Long.toString(pid)));
    }

    @Override
    public void deleteNamespace(String namespace) {
        if (namespaceExists(namespace)) {
            commands.require(Command.of("ip", "netns", "delete", namespace));
        }
    }

    @Override
    public Map<String, Link> list(@Nullable String namespace) {
        var links = new LinkedHashMap<String, Link>();
        for (var node : read(commands.require(ip(namespace, "-d", "-j", "address", "show")))) {
            var link = link(node);
            links.put(link.name(), link);
        }
        return links;
    }

    @Override
    public Optional<Link> find(@Nullable String namespace, String name) {
        var result = commands.run(ip(namespace, "-d", "-j", "address", "show", "dev", name));
        if (!result.succeeded()) {
            return Optional.empty();
        }
        return StreamSupport.stream(read(result.stdout()).spliterator(), false)
                .filter(node -> node.path("ifname").asText().equals(name))
                .map(IpLinks::link)
                .findFirst();
    }

    @Override
    public void change(@Nullable String namespace, List<String> lines) {
        commands.require(ip(namespace, "-batch", "-").withStdin(String.join("\n", lines) + "\n"));
    }

    @Override
    public Map<String, String> settings(@Nullable String namespace, List<String> names) {
        var arguments = new ArrayList<>(List.of("sysctl", "-e"));
        arguments.addAll(names);
        var values = new LinkedHashMap<String, String>();
        var result = commands.run(command(arguments).inNamespace(namespace));
        result.stdout().lines().forEach(line -> {
            var parts = line.split(" = ", 2);
            values.put(parts[0], parts.length > 1 ? parts[1] : "");
        });
        return values;
    }

    @Override
    public void set(@Nullable String namespace, Map<String, String> settings) {
        var arguments = new ArrayList<>(List.of("sysctl", "-q", "-e", "-w"));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        commands.require(command(arguments).inNamespace(namespace));
    }

    @Override
    public Optional<String> ownNextHop(String namespace) {
        var result = commands.run(ip(namespace, "-j", "route", "get", FAR_ADDRESS));
        if (!result.succeeded()) {
            return Optional.empty();
        }
        return StreamSupport.stream(read(result.stdout()).spliterator(), false)
                .map(route -> route.path("gateway").asText())
                .findFirst();
    }

    @Override
    public boolean isLookedUp(String namespace, String table) {
        for (var rule : read(commands.require(ip(namespace, "-j", "rule", "show")))) {
            if (rule.path("table").asText().equals(table)) {
                return true;
            }
        }
        return false;
    }

    private static Link link(JsonNode node) {
        var info = node.path("linkinfo");
        var flags = new ArrayList<String>();
        node.path("flags").forEach(flag -> flags.add(flag.asText()));
        var addresses = new ArrayList<String>();
        for (var address : node.path("addr_info")) {
            if (address.path("family").asText().equals("inet")) {
                addresses.add(address.path("local").asText() + "/"
                        + address.path("prefixlen").asInt());
            }
        }
        return new Link(
                node.path("ifname").asText(),
                info.path("info_kind").asText(""),
                node.path("ifalias").asText(null),
                node.path("address").asText(""),
                node.path("mtu").asInt(),
                flags.contains("UP"),
                flags.contains("LOWER_UP"),
                node.path("master").asText(null),
                info.path("info_slave_data").path("isolated").asBoolean(false),
                addresses);
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text.isBlank() ? "[]" : text);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException(Command.of("ip", "-j"), "printed no JSON: " + e.getOriginalMessage());
        }
    }

    private static Command ip(@Nullable String namespace, String... arguments) {
        var all = new ArrayList<>(List.of("ip"));
        if (namespace != null) {
            all.addAll(List.of("-n", namespace));
        }
        all.addAll(List.of(arguments));
        return command(all);
    }

    private static Command command(List<String> arguments) {
        return Command.of(arguments.toArray(String[]::new));
    }
}
