package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Rule;
import java.util.List;

/** The security groups and network ACLs of the matrix. */
final class MatrixRules {
    private static final String RANGE = "10.0.0.0/16";
    private static final String EVERYWHERE = "0.0.0.0/0";
    private static final Rule ALL = rule("-1", -1, -1, EVERYWHERE);

    private final Lab lab;
    private final String office;

    /**
     * Writes them.
     *
     * @param lab where their ids come from
     * @param office the range in the world from which more is allowed
     */
    MatrixRules(Lab lab, String office) {
        this.lab = lab;
        this.office = office;
    }

    /** One that everything may pass. */
    Group open() {
        return group("open", List.of(ALL), List.of(ALL));
    }

    /** Those of the first VPC. */
    List<Group> groups() {
        var everything = List.of(ALL);
        return List.of(
                group("web", List.of(tcp(80, 80, EVERYWHERE), tcp(443, 443, EVERYWHERE)), everything),
                group(
                        "office",
                        List.of(from("tcp", 22, 22, "bastion"), rule("icmp", 8, -1, "10.0.1.0/24")),
                        everything),
                group("bastion", List.of(tcp(22, 22, office)), everything),
                group("closed", List.of(), everything),
                group("default", List.of(from("-1", -1, -1, "default")), everything),
                open(),
                group("app", List.of(from("tcp", 8080, 8080, "web"), from("tcp", 22, 22, "bastion")), everything),
                group("ping", List.of(rule("icmp", 8, -1, EVERYWHERE)), everything),
                group(
                        "jail",
                        everything,
                        List.of(from("tcp", 5432, 5432, "database"), rule("udp", 8125, 8125, "10.0.3.0/24"))),
                group("database", List.of(from("tcp", 5432, 5432, "app"), from("tcp", 5432, 5432, "jail")), List.of()),
                group(
                        "sink",
                        List.of(
                                rule("udp", 8125, 8125, RANGE),
                                tcp(9000, 9010, "10.0.1.0/24"),
                                rule("50", -1, -1, RANGE),
                                rule("icmp", 13, -1, RANGE)),
                        everything));
    }

    /**
     * The ACLs of the first VPC.
     *
     * @param open the subnets with the default one
     * @param custom the subnets with the other
     */
    List<Acl> acls(List<String> open, List<String> custom) {
        var everything = List.of(allow(100, ALL));
        return List.of(
                new Acl(lab.id("acl", "default"), open, everything, everything),
                new Acl(lab.id("acl", "custom"), custom, customIn(), customOut()));
    }

    private List<AclEntry> customIn() {
        return List.of(
                deny(80, tcp(8080, 8080, "10.0.1.12/32")),
                allow(90, tcp(8080, 8080, "10.0.1.0/24")),
                deny(95, tcp(8080, 8080, "10.0.1.11/32")),
                allow(100, tcp(22, 22, "10.0.1.13/32")),
                allow(110, tcp(1024, 65535, "10.0.3.0/24")),
                allow(120, rule("icmp", 8, -1, RANGE)),
                allow(130, rule("icmp", 8, -1, office)));
    }

    private List<AclEntry> customOut() {
        return List.of(
                allow(90, tcp(5432, 5432, "10.0.3.0/24")),
                allow(100, tcp(Packet.EPHEMERAL, 60_999, "10.0.1.0/24")),
                allow(110, rule("icmp", 0, -1, "10.0.1.0/24")),
                allow(120, rule("udp", 8125, 8125, "10.0.3.0/24")),
                allow(130, tcp(80, 80, EVERYWHERE)),
                allow(140, rule("icmp", 0, -1, office)));
    }

    private Group group(String name, List<Rule> ingress, List<Rule> egress) {
        return new Group(lab.id("sg", name), ingress, egress);
    }

    private static AclEntry allow(int number, Rule rule) {
        return new AclEntry(number, true, rule);
    }

    private static AclEntry deny(int number, Rule rule) {
        return new AclEntry(number, false, rule);
    }

    private static Rule tcp(int from, int to, String range) {
        return rule("tcp", from, to, range);
    }

    private static Rule rule(String protocol, int from, int to, String range) {
        return new Rule(protocol, from, to, range, null);
    }

    private Rule from(String protocol, int from, int to, String group) {
        return new Rule(protocol, from, to, null, lab.id("sg", group));
    }
}
