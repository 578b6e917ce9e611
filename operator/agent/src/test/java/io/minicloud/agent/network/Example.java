package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.agent.network.Routing.Target;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.List;
import java.util.Map;

/** A router for pure tests: two subnets, two groups, an interface with the check lifted. */
final class Example {
    private static final String SUBNET_A = "subnet-0000000000000000a";
    private static final String SUBNET_B = "subnet-0000000000000000b";
    private static final String HOME = "sg-0000000000000000a";
    private static final String WEB = "sg-0000000000000000b";

    private Example() {}

    static Router router() {
        return new Router(
                "vpc-00000000000000001",
                new OwnerTag("install", "minicloud-host-lab", "hostnetwork", "uid"),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(SUBNET_A, "10.0.1.0/24", 1500), new Subnet(SUBNET_B, "10.0.2.0/24", 1500)),
                List.of(
                        eni("1", SUBNET_A, "10.0.1.11", List.of(HOME), true),
                        eni("2", SUBNET_B, "10.0.2.11", List.of(WEB, HOME), false)),
                List.of(
                        new Group(HOME, List.of(new Rule("-1", -1, -1, null, HOME)), everything()),
                        new Group(WEB, List.of(new Rule("tcp", 80, 80, "0.0.0.0/0", null)), List.of())),
                Map.of(
                        HOME,
                        List.of(
                                new Member("eni-00000000000000001", "10.0.1.11"),
                                new Member("eni-00000000000000002", "10.0.2.11"))));
    }

    /** Around subnet a one that forbids something, around subnet b one that allows everything. */
    static Router withAcls(Router it) {
        var everything = new AclEntry(100, true, everything().getFirst());
        return withAcls(
                it,
                List.of(
                        new Acl(
                                "acl-0000000000000000a",
                                List.of(SUBNET_A),
                                List.of(
                                        new AclEntry(90, false, new Rule("tcp", 22, 22, "10.0.2.0/24", null)),
                                        new AclEntry(100, true, new Rule("icmp", 8, -1, "0.0.0.0/0", null)),
                                        everything),
                                List.of(everything)),
                        new Acl("acl-0000000000000000b", List.of(SUBNET_B), List.of(everything), List.of(everything))));
    }

    static Router withAcls(Router it, List<Acl> acls) {
        return copy(it, it.interfaces(), it.groups(), acls, it.routing());
    }

    /** Subnet a leads to an internet gateway and to an interface of subnet b, subnet b nowhere. */
    static Routing gateway() {
        var table = new Table(
                "rtb-0000000000000000a",
                List.of(SUBNET_A),
                List.of(
                        new Route("0.0.0.0/0", Target.INTERNET_GATEWAY, null),
                        new Route("192.168.0.0/16", Target.INTERFACE, "10.0.2.11"),
                        new Route("192.168.7.7/32", Target.INTERFACE, "10.0.9.9"),
                        new Route("172.16.0.0/12", Target.BLACKHOLE, null)));
        return new Routing(
                List.of(table),
                new InternetGateway(
                        "igw-0000000000000000a", Map.of("10.0.1.11", "203.0.113.5", "10.0.2.11", "203.0.113.6")));
    }

    static Router withRouting(Router it, Routing routing) {
        return copy(it, it.interfaces(), it.groups(), it.acls(), routing);
    }

    static Router withGroups(Router it, List<Group> groups) {
        return copy(it, it.interfaces(), groups, it.acls(), it.routing());
    }

    static Router withInterfaces(Router it, List<Interface> interfaces) {
        return copy(it, interfaces, it.groups(), it.acls(), it.routing());
    }

    private static Router copy(
            Router it, List<Interface> interfaces, List<Group> groups, List<Acl> acls, Routing routing) {
        return new Router(
                it.vpcId(),
                it.owner(),
                it.ranges(),
                it.dns(),
                it.link(),
                it.subnets(),
                interfaces,
                groups,
                it.members(),
                acls,
                routing);
    }

    private static List<Rule> everything() {
        return List.of(new Rule("-1", -1, -1, "0.0.0.0/0", null));
    }

    private static Interface eni(String name, String subnet, String address, List<String> groups, boolean check) {
        var id = "eni-0000000000000000" + name;
        return new Interface(
                id, subnet, Interface.portOf(id), "02:00:00:00:00:0" + name, List.of(address), groups, check, null);
    }
}
