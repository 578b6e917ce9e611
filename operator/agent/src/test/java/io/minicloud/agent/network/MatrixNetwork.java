package io.minicloud.agent.network;

import static java.util.Map.entry;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.agent.network.Routing.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What the matrix of probes is asked of: a VPC with a bit of everything, a second one with the same range, and the world. What is in it
 * stands at the head of packet-matrix.txt.
 */
final class MatrixNetwork {
    /** The name of the machine outside of every VPC. */
    static final String WORLD = "world";

    /** The name of whoever has an address that nobody may have. */
    static final String NOBODY = "nobody";

    private static final String RANGE = "10.0.0.0/16";
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final int HOLE = 64;
    private static final int HOLE_PREFIX = 26;
    private static final int SWALLOWED = 68;
    private static final int SPARED = 75;

    private final Lab lab;
    private final MatrixRules rules;
    private final String world;
    private final IntFunction<String> publicAddress;
    private final Map<String, Interface> interfaces = new LinkedHashMap<>();
    private final Router router;
    private final Router twin;

    /**
     * Draws it.
     *
     * @param lab where its ids come from
     * @param world the address of the machine outside, which ends in .2
     * @param publicAddress the public address with this last octet
     */
    MatrixNetwork(Lab lab, String world, IntFunction<String> publicAddress) {
        this.lab = lab;
        this.rules = new MatrixRules(lab, world + "/32");
        this.world = world;
        this.publicAddress = publicAddress;
        this.router = drawRouter();
        this.twin = drawTwin();
    }

    /** The VPC with a bit of everything. */
    Router router() {
        return router;
    }

    /** Both VPCs. */
    List<Router> routers() {
        return List.of(router, twin);
    }

    /** The interfaces of both by name. */
    Map<String, Interface> interfaces() {
        return interfaces;
    }

    /** The addresses of the machine outside, its own first. */
    List<String> worldAddresses() {
        return List.of(world, worldAddress(SWALLOWED), worldAddress(SPARED));
    }

    /** The VPC of an interface. */
    Router routerOf(Interface eni) {
        return router.interfaces().contains(eni) ? router : twin;
    }

    /** The address that a word of the matrix means, by itself or as one of the interface with this name. */
    String address(String word, String name) {
        return switch (word) {
            case "private" -> interfaces.get(name).addresses().getFirst();
            case "public" -> {
                var eni = interfaces.get(name);
                yield routerOf(eni)
                        .routing()
                        .gateway()
                        .publicAddresses()
                        .get(eni.addresses().getFirst());
            }
            case "vacant" -> publicAddress.apply(15);
            case "own" -> world;
            case "swallowed" -> worldAddress(SWALLOWED);
            case "spared" -> worldAddress(SPARED);
            default -> Ipv4.parse(word).toString();
        };
    }

    private String worldAddress(int last) {
        return Ipv4.parse(world).plus(last - 2).toString();
    }

    private Router drawRouter() {
        draw("web", "a", "10.0.1.11", true, "web");
        draw("shop", "a", "10.0.1.12", true, "web", "office");
        draw("bastion", "a", "10.0.1.13", true, "bastion");
        draw("closed", "a", "10.0.1.14", true, "closed");
        draw("plain", "a", "10.0.1.15", true, "default");
        draw("gate", "a", "10.0.1.20", false, "open");
        draw("app", "b", "10.0.2.11", true, "app");
        draw("worker", "b", "10.0.2.12", true, "app", "ping");
        draw("jail", "b", "10.0.2.13", true, "jail");
        draw("database", "c", "10.0.3.11", true, "database");
        draw("peer", "c", "10.0.3.12", true, "default");
        draw("sink", "c", "10.0.3.13", true, "sink");
        var enis = List.copyOf(interfaces.values());
        return new Router(
                lab.id("vpc", "one"),
                lab.owner(),
                List.of(RANGE),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(subnet("a", "10.0.1.0/24"), subnet("b", "10.0.2.0/24"), subnet("c", "10.0.3.0/24")),
                enis,
                rules.groups(),
                members(enis),
                rules.acls(ids("subnet", "a", "c"), ids("subnet", "b")),
                routing());
    }

    private Router drawTwin() {
        draw("twin", "d", "10.0.1.11", true, "open");
        draw("other", "d", "10.0.1.99", true, "open");
        var enis = List.of(interfaces.get("twin"), interfaces.get("other"));
        return new Router(
                lab.id("vpc", "two"),
                lab.owner(),
                List.of(RANGE),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(subnet("d", "10.0.1.0/24")),
                enis,
                List.of(rules.open()),
                Map.of(),
                List.of(),
                new Routing(
                        List.of(table("twin", "d", toGateway(EVERYWHERE))),
                        new InternetGateway(id("igw", "two"), Map.of("10.0.1.11", publicAddress.apply(111)))));
    }

    private Routing routing() {
        return new Routing(
                List.of(
                        table(
                                "public",
                                "a",
                                toGateway(EVERYWHERE),
                                new Route(worldAddress(HOLE) + "/" + HOLE_PREFIX, Target.BLACKHOLE, null),
                                toGateway(worldAddress(SPARED) + "/32"),
                                new Route("192.168.0.0/16", Target.INTERFACE, "10.0.1.20"),
                                new Route("192.168.9.0/24", Target.INTERFACE, "10.0.1.11")),
                        table(
                                "private",
                                "b",
                                new Route(EVERYWHERE, Target.BLACKHOLE, null),
                                new Route("192.168.0.0/16", Target.INTERFACE, "10.0.1.20")),
                        table("local", "c")),
                new InternetGateway(
                        id("igw", "one"),
                        Map.ofEntries(
                                entry("10.0.1.11", publicAddress.apply(11)),
                                entry("10.0.1.12", publicAddress.apply(12)),
                                entry("10.0.1.13", publicAddress.apply(13)),
                                entry("10.0.1.14", publicAddress.apply(14)),
                                entry("10.0.2.12", publicAddress.apply(22)))));
    }

    private Map<String, List<Member>> members(List<Interface> enis) {
        return enis.stream()
                .flatMap(eni -> eni.groups().stream()
                        .map(group -> entry(
                                group, new Member(eni.id(), eni.addresses().getFirst()))))
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    /** The number of an interface is a digit of its MAC address. */
    private void draw(String name, String subnet, String address, boolean check, String... groups) {
        var digit = Integer.toHexString(interfaces.size() + 1);
        interfaces.put(name, lab.eni(digit, id("subnet", subnet), address, ids("sg", groups), check));
    }

    private Subnet subnet(String name, String range) {
        return new Subnet(id("subnet", name), range, 1500);
    }

    private Table table(String name, String subnet, Route... routes) {
        return new Table(id("rtb", name), ids("subnet", subnet), List.of(routes));
    }

    private static Route toGateway(String range) {
        return new Route(range, Target.INTERNET_GATEWAY, null);
    }

    private List<String> ids(String prefix, String... names) {
        return Arrays.stream(names).map(name -> id(prefix, name)).toList();
    }

    private String id(String prefix, String name) {
        return lab.id(prefix, name);
    }
}
