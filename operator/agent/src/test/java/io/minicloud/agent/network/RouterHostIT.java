package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A VPC in the real kernel, proved by packets. Needs root. */
class RouterHostIT {
    private final Lab lab = new Lab();
    private final String subnetA = lab.id("subnet", "a");
    private final String subnetB = lab.id("subnet", "b");
    private final String home = lab.id("sg", "default");
    private final String other = lab.id("sg", "other");
    private final Interface first = eni("1", subnetA, "10.0.1.11", home, true);
    private final Interface second = eni("2", subnetA, "10.0.1.12", home, true);
    private final Interface far = eni("3", subnetB, "10.0.2.11", home, true);
    private final Interface stranger = eni("4", subnetA, "10.0.1.66", other, true);
    private final Router router = router("vpc", first, second, far, stranger);

    @AfterEach
    void cleanUp() {
        lab.close();
    }

    @Test
    void membersReachEachOtherAndNobodyElseGetsIn() {
        boot(router);

        assertThat(lab.reaches(first, second)).as("within a subnet").isTrue();
        assertThat(lab.reaches(first, far)).as("across subnets").isTrue();
        assertThat(lab.reaches(stranger, first)).as("from another group").isFalse();
        assertThat(lab.reaches(stranger, far))
                .as("from another group and subnet")
                .isFalse();
        assertThat(lab.reaches(first, stranger))
                .as("a group without ingress rules")
                .isFalse();
    }

    @Test
    void nobodyCanPretendToBeSomebodyElse() {
        boot(router);
        lab.run("ip", "-n", lab.guest(stranger), "address", "add", "10.0.1.11/32", "dev", "eth0");

        assertThat(lab.reaches(stranger, "10.0.1.11", second, "10.0.1.12"))
                .as("with a member's address")
                .isFalse();
        lab.run("ip", "-n", lab.guest(first), "link", "set", "eth0", "address", "02:00:00:00:00:99");
        assertThat(lab.reaches(first, second)).as("with another MAC address").isFalse();
        lab.run("ip", "-n", lab.guest(first), "link", "set", "eth0", "address", first.mac());
        assertThat(lab.reaches(first, second)).as("with its own again").isTrue();
    }

    @Test
    void aMiddleboxPassesNothingUntilItsCheckIsLifted() {
        // A packet for an address of nobody's, routed to an ENI as a route table will do.
        boot(router);
        lab.run("ip", "-n", lab.guest(second), "address", "add", "198.51.100.7/32", "dev", "lo");
        lab.run("ip", "-n", router.namespace(), "route", "add", "198.51.100.0/24", "via", "10.0.1.12");

        assertThat(lab.reaches(first, "10.0.1.11", second, "198.51.100.7"))
                .as("delivered to who does not have the address")
                .isFalse();
        var unchecked = new Interface(
                second.id(), subnetA, second.port(), second.mac(), second.addresses(), second.groups(), false, null);
        lab.apply(router("vpc", first, unchecked, far, stranger));
        assertThat(lab.reaches(first, "10.0.1.11", second, "198.51.100.7"))
                .as("with the check lifted")
                .isTrue();
    }

    @Test
    void anUncheckedInterfaceStillCannotSendFromLinkLocalAddresses() {
        var unchecked = new Interface(
                first.id(), subnetA, first.port(), first.mac(), first.addresses(), first.groups(), false, null);
        boot(router("vpc", unchecked, second));
        lab.run("ip", "-n", lab.guest(first), "address", "add", "169.254.169.7/32", "dev", "eth0");
        lab.run("ip", "-n", lab.guest(first), "address", "add", "198.51.100.9/32", "dev", "eth0");
        lab.run("ip", "-n", router.namespace(), "route", "add", "198.51.100.0/24", "via", "10.0.1.11");
        lab.run(
                "ip",
                "-n",
                router.namespace(),
                "route",
                "add",
                "169.254.169.7",
                "via",
                "10.0.1.11",
                "dev",
                Subnet.bridgeOf(subnetA));

        // Members are known by ENI and address, so the group rule would not match: egress is open, ingress is by range.
        var open = new Group(home, List.of(new Rule("-1", -1, -1, "0.0.0.0/0", null)), everything());
        lab.apply(Example.withGroups(router("vpc", unchecked, second), List.of(open)));
        assertThat(lab.reaches(first, "198.51.100.9", second, "10.0.1.12")).isTrue();
        assertThat(lab.reaches(first, "169.254.169.7", second, "10.0.1.12")).isFalse();
    }

    @Test
    void twoVpcsMayUseTheSameAddresses() {
        var twin = eni("5", lab.id("subnet", "c"), "10.0.1.12", home, true);
        var sender = eni("6", lab.id("subnet", "c"), "10.0.1.11", home, true);
        var twinRouter = new Router(
                lab.id("vpc", "twin"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(twin.subnetId(), "10.0.1.0/24", 1500)),
                List.of(twin, sender),
                List.of(defaultGroup()),
                Map.of(home, List.of(member(twin), member(sender))));
        boot(router);
        boot(twinRouter);

        assertThat(lab.reaches(first, second)).isTrue();
        assertThat(lab.reaches(sender, twin)).isTrue();
        assertThat(lab.reaches(first, "10.0.1.11", twin, "10.0.1.12"))
                .as("a guest of the other VPC with that address")
                .isFalse();
    }

    /** Only of these guests: a rule for all would masquerade what others on this machine say to each other on loopback. */
    @Test
    void theFirewallOfTheRootNamespaceHasNoSay() {
        var guests = Stream.of(first, second, far)
                .flatMap(guest -> guest.addresses().stream())
                .collect(Collectors.joining(", ", "ip saddr { ", " }"));
        lab.run("nft", """
                add table ip lab-forward
                add chain ip lab-forward f { type filter hook forward priority 0; }
                add rule ip lab-forward f %1$s drop
                add chain ip lab-forward n { type nat hook postrouting priority 100; }
                add rule ip lab-forward n %1$s masquerade
                """.formatted(guests));
        try {
            boot(router);
            assertThat(lab.reaches(first, second)).isTrue();
            assertThat(lab.reaches(first, far)).isTrue();
        } finally {
            lab.run("nft", "delete", "table", "ip", "lab-forward");
        }
    }

    @Test
    void theSecondPlanIsEmpty() {
        assertThat(lab.planFor(router).isEmpty()).isFalse();
        lab.apply(router);

        assertThat(lab.planFor(router).describe()).isEmpty();
    }

    @Test
    void aForeignChangeIsSeenAndPutRight() {
        boot(router);
        lab.run("ip", "netns", "exec", router.namespace(), "nft", "flush", "chain", "inet", "minicloud", "delivering");
        lab.run("ip", "-n", router.namespace(), "link", "set", Subnet.bridgeOf(subnetB), "down");

        assertThat(lab.reaches(first, second)).isFalse();
        lab.apply(router);

        assertThat(lab.reaches(first, far)).isTrue();
        assertThat(lab.planFor(router).isEmpty()).isTrue();
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() {
        var linked = withLink(router, "100.127.255.0/31");
        int steps = lab.planFor(linked).actions().size();
        for (int crash = 0; crash < steps; crash++) {
            var left = new int[] {crash};
            Checkpoint checkpoint = action -> {
                if (left[0]-- == 0) {
                    throw new IllegalStateException("crash after " + action.describe());
                }
            };
            assertThatThrownBy(() -> lab.apply(linked, checkpoint)).isInstanceOf(IllegalStateException.class);
            assertThat(planner().conflict(linked, lab.observer.observe(linked))).isEmpty();
            lab.apply(linked);
            assertThat(lab.planFor(linked).describe())
                    .as("after crash %s", crash)
                    .isEmpty();
            remove(linked);
        }
    }

    @Test
    void deletingLeavesNothing() {
        boot(router);
        var removal = new RouterRemoval(lab.links, lab.filter);
        assertThat(removal.portsLeft(router.vpcId())).hasSize(4);
        for (var eni : router.interfaces()) {
            var port = lab.port(router, eni);
            new PlanExecutor(Checkpoint.NONE).execute("test", lab.ports.removal(port, lab.ports.observe(port)));
        }

        assertThat(removal.portsLeft(router.vpcId())).isEmpty();
        remove(router);
        assertThat(lab.links.namespaceExists(router.namespace())).isFalse();
        assertThat(removal.plan(router.vpcId(), lab.owner()).isEmpty()).isTrue();
    }

    @Test
    void aForeignNamespaceOrBridgeIsNeverTouched() {
        lab.own(router.namespace());
        lab.run("ip", "netns", "add", router.namespace());
        assertThat(planner().conflict(router, lab.observer.observe(router))).isPresent();
        assertThat(new RouterRemoval(lab.links, lab.filter)
                        .plan(router.vpcId(), lab.owner())
                        .isEmpty())
                .isTrue();

        lab.run("ip", "netns", "delete", router.namespace());
        lab.links.createNamespace(router.namespace(), lab.owner().toString());
        var bridge = Subnet.bridgeOf(subnetA);
        lab.run("ip", "-n", router.namespace(), "link", "add", bridge, "type", "bridge");
        lab.run("ip", "-n", router.namespace(), "link", "set", bridge, "alias", "a person's");
        assertThat(planner().conflict(router, lab.observer.observe(router)))
                .hasValueSatisfying(message -> assertThat(message).contains(bridge));
    }

    @Test
    void theServiceLinkCarriesNothingOfGuests() {
        var linked = withLink(router, "100.127.255.2/31");
        boot(linked);

        assertThat(lab.links.ownNextHop(router.namespace())).contains("100.127.255.2");
        assertThat(lab.connectsToRoot(router.namespace(), "100.127.255.2"))
                .as("the router itself")
                .isTrue();
        assertThat(lab.connectsToRoot(lab.guest(first), "100.127.255.2"))
                .as("a guest")
                .isFalse();
    }

    private RouterPlanner planner() {
        return lab.planner;
    }

    private void remove(Router target) {
        new PlanExecutor(Checkpoint.NONE)
                .execute("test", new RouterRemoval(lab.links, lab.filter).plan(target.vpcId(), lab.owner()));
    }

    private void boot(Router target) {
        lab.apply(target);
        target.interfaces().forEach(eni -> lab.boot(target, eni));
    }

    private Interface eni(String name, String subnet, String address, String group, boolean check) {
        return lab.eni(name, subnet, address, List.of(group), check);
    }

    private Router router(String vpc, Interface... enis) {
        var members = java.util.Arrays.stream(enis)
                .filter(eni -> eni.groups().contains(home))
                .map(RouterHostIT::member)
                .toList();
        return new Router(
                lab.id("vpc", vpc),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(subnetA, "10.0.1.0/24", 1500), new Subnet(subnetB, "10.0.2.0/24", 1500)),
                List.of(enis),
                List.of(defaultGroup(), new Group(other, List.of(), everything())),
                Map.of(home, members));
    }

    private static Router withLink(Router it, String link) {
        return new Router(
                it.vpcId(),
                it.owner(),
                it.ranges(),
                it.dns(),
                link,
                it.subnets(),
                it.interfaces(),
                it.groups(),
                it.members());
    }

    private Group defaultGroup() {
        return new Group(home, List.of(new Rule("-1", -1, -1, null, home)), everything());
    }

    private static List<Rule> everything() {
        return List.of(new Rule("-1", -1, -1, "0.0.0.0/0", null));
    }

    private static Member member(Interface eni) {
        return new Member(eni.id(), eni.addresses().getFirst());
    }
}
