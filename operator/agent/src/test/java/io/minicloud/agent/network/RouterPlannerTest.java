package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.process.MachineView;
import io.minicloud.reconcile.plan.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterPlannerTest {
    private final Router router = Example.router();
    private final RouterPlanner planner = new RouterPlanner(
            new IpLinks(
                    command -> {
                        throw new AssertionError("a planner runs nothing");
                    },
                    new NamedNamespaces(MachineView.direct())),
            new FakePacketFilter());

    @Test
    void nothingIsEverOpen() {
        var steps = planner.plan(router, absent()).actions().stream()
                .map(Action::describe)
                .toList();

        assertThat(steps.getFirst()).isEqualTo("create network namespace mc-vpc-00000000000000001");
        assertThat(steps.get(1)).startsWith("set ").endsWith("net.ipv4.ip_forward");
        assertThat(steps.subList(steps.size() - 2, steps.size()))
                .containsExactly("load the rules of mc-vpc-00000000000000001", "set net.ipv4.ip_forward");
    }

    @Test
    void theLinesForIp() {
        var lines = planner.plan(router, absent()).actions().stream()
                .map(RouterSteps.Step.class::cast)
                .filter(step -> step.describe().startsWith("create bridge"))
                .map(RouterSteps.Step::script)
                .findFirst();

        assertThat(lines).contains("""
                        link add mcb09b6b1cd0e7 address 06:09:b6:b1:cd:0e type bridge stp_state 0 forward_delay 0 mcast_snooping 0
                        link set mcb09b6b1cd0e7 alias install/minicloud-host-lab/hostnetwork/uid
                        link set mcb09b6b1cd0e7 mtu 1500
                        address replace 10.0.1.1/24 dev mcb09b6b1cd0e7""".replace(
                        "mcb09b6b1cd0e7", router.subnets().getFirst().bridge())
                .replace("06:09:b6:b1:cd:0e", router.subnets().getFirst().mac()));
    }

    @Test
    void whatIsAsItShouldBeNeedsNothing() {
        assertThat(planner.plan(router, asItShouldBe()).describe()).isEmpty();
    }

    @Test
    void whatForwardsWithoutRulesIsClosedAndOpenedAgainWithThem() {
        var observed = asItShouldBe();
        var inherited = state(observed.links(), observed.settings(), Optional.empty());

        var steps = planner.plan(router, inherited).actions().stream()
                .map(Action::describe)
                .toList();

        assertThat(steps)
                .containsExactly(
                        "set net.ipv4.ip_forward",
                        "load the rules of mc-vpc-00000000000000001",
                        "set net.ipv4.ip_forward");
    }

    @Test
    void anOldBridgeGoesAndAForeignOneStays() {
        var observed = asItShouldBe();
        var links = new HashMap<>(observed.links());
        links.put("mcbold", bridge("mcbold", router.owner().toString(), "10.0.9.1/24", "06:00:00:00:00:01"));
        links.put("br-person", bridge("br-person", null, "10.0.8.1/24", "06:00:00:00:00:02"));

        var plan = planner.plan(router, state(links, observed.settings(), observed.ruleset()));

        assertThat(plan.describe()).isEqualTo("delete bridge mcbold");
    }

    @Test
    void aForeignNamespaceIsAConflict() {
        var observed = asItShouldBe();
        var links = new HashMap<>(observed.links());
        links.put("lo", loopback("other/minicloud-host-lab/hostnetwork/uid"));

        assertThat(planner.conflict(router, observed)).isEmpty();
        assertThat(planner.conflict(router, state(links, Map.of(), Optional.empty())))
                .isPresent();
    }

    private RouterState asItShouldBe() {
        var links = new HashMap<String, Link>();
        links.put("lo", loopback(router.owner().toString()));
        var settings = new HashMap<>(RouterSettings.base());
        settings.put(RouterSettings.FORWARDING, "1");
        for (var subnet : router.subnets()) {
            links.put(
                    subnet.bridge(),
                    bridge(subnet.bridge(), router.owner().toString(), subnet.gatewayWithPrefix(), subnet.mac()));
            settings.putAll(RouterSettings.bridge(subnet.bridge()));
        }
        return state(links, settings, Optional.of(new RulesetRenderer().render(router)));
    }

    private static RouterState absent() {
        return RouterState.absent(Map.of(), InternetGatewayState.ABSENT);
    }

    private static RouterState state(Map<String, Link> links, Map<String, String> settings, Optional<String> ruleset) {
        return new RouterState(
                true,
                links,
                Map.of(),
                settings,
                Optional.empty(),
                ruleset,
                KernelRoutes.NONE,
                LearnedNeighbours.NONE,
                InternetGatewayState.ABSENT);
    }

    private static Link loopback(String alias) {
        var addresses = List.of("127.0.0.1/8", "10.0.0.2/32", "169.254.169.253/32", "169.254.169.254/32");
        return new Link("lo", "", alias, "00:00:00:00:00:00", 65536, true, true, null, false, addresses);
    }

    private static Link bridge(String name, String alias, String address, String mac) {
        return new Link(name, "bridge", alias, mac, 1500, true, true, null, false, List.of(address));
    }
}
