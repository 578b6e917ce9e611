package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine outside of every VPC, on a wire to the root namespace or to another one. Needs root. */
final class World implements AutoCloseable {
    private final Lab lab;
    private final @Nullable String namespace;
    private final String name;
    private final String cable;
    private final String net;

    /**
     * Makes it.
     *
     * @param namespace the other end of the wire; null for the root namespace
     * @param net the first three octets of its addresses: .1 at the other end, .2 its own
     */
    World(Lab lab, @Nullable String namespace, String net) {
        this.lab = lab;
        this.namespace = namespace;
        this.net = net;
        this.name = "lab-" + lab.id("world", net);
        this.cable = "lw" + name.substring(name.length() - 9);
        lab.own(name);
        lab.run("ip", "netns", "add", name);
        ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name);
        ip("address", "add", net + ".1/30", "dev", cable);
        ip("link", "set", cable, "up");
        lab.commands.require(Command.of("sysctl", "-q", "-w", "net.ipv4.conf." + cable + ".forwarding=1")
                .inNamespace(namespace));
        lab.run("ip", "-n", name, "address", "add", address() + "/30", "dev", "eth0");
        lab.run("ip", "-n", name, "link", "set", "eth0", "up");
        lab.run("ip", "-n", name, "route", "add", "default", "via", net + ".1");
    }

    /** Its network namespace. */
    String namespace() {
        return name;
    }

    /** Its address. */
    String address() {
        return net + ".2";
    }

    /** The link at the other end of its wire. */
    String cable() {
        return cable;
    }

    /** The wire first: a namespace goes when the kernel finds time, and till then its address would lead here. */
    @Override
    public void close() {
        ip("link", "delete", cable);
    }

    private void ip(String... words) {
        var command = new ArrayList<>(List.of("ip"));
        if (namespace != null) {
            command.addAll(List.of("-n", namespace));
        }
        command.addAll(List.of(words));
        lab.run(command.toArray(String[]::new));
    }
}
