package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A machine outside of every VPC, on a wire to the root namespace or to another one, and a pool of public addresses beside it.
 * Their ranges are of those for such tests (RFC 2544), and no route leads to them: one that was killed leaves its own. Needs root.
 */
final class World implements AutoCloseable {
    private static final int RANGES = 256;
    private static final int PAIR = 30;
    private static final int LAN = 24;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Lab lab;
    private final @Nullable String namespace;
    private final String name;
    private final String cable;
    private final int range;
    private final String net;

    /**
     * Makes it.
     *
     * @param namespace the other end of the wire; null for the root namespace
     */
    World(Lab lab, @Nullable String namespace) {
        this(lab, namespace, PAIR);
        lab.run("ip", "-n", name, "route", "add", "default", "via", net + ".1");
    }

    private World(Lab lab, @Nullable String namespace, int prefix) {
        this.lab = lab;
        this.namespace = namespace;
        this.range = unused(lab);
        this.net = "198.18." + range;
        this.name = "lab-" + lab.id("world", net);
        this.cable = "lw" + name.substring(name.length() - 9);
        lab.own(name);
        lab.run("ip", "netns", "add", name);
        ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name);
        ip("address", "add", net + ".1/" + prefix, "dev", cable);
        ip("link", "set", cable, "up");
        lab.commands.require(Command.of("sysctl", "-q", "-w", "net.ipv4.conf." + cable + ".forwarding=1")
                .inNamespace(namespace));
        lab.run("ip", "-n", name, "address", "add", address() + "/" + prefix, "dev", "eth0");
        lab.run("ip", "-n", name, "link", "set", "eth0", "up");
    }

    /** One on a network of 254 machines of which the root namespace is one, and which knows no way beyond. */
    static World onLan(Lab lab) {
        return new World(lab, null, LAN);
    }

    /** Its network namespace. */
    String namespace() {
        return name;
    }

    /** The range around its address. */
    String network() {
        return net + ".0/24";
    }

    /**
     * A public address that is not its own.
     *
     * @param last its last octet
     */
    String publicAddress(int last) {
        return "198.19." + range + "." + last;
    }

    /**
     * An address of its network.
     *
     * @param last its last octet
     */
    String neighbour(int last) {
        return net + "." + last;
    }

    /** Its address. */
    String address() {
        return net + ".2";
    }

    /** The address at the other end of its wire. */
    String edge() {
        return net + ".1";
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

    private static int unused(Lab lab) {
        return IntStream.range(0, RANGES)
                .map(any -> NEXT.getAndIncrement() % RANGES)
                .filter(range -> IntStream.of(18, 19)
                        .allMatch(half -> lab.run("ip", "route", "show", "root", "198." + half + "." + range + ".0/24")
                                .isEmpty()))
                .findFirst()
                .orElseThrow();
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
