package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minicloud.agent.network.Appliance.Interface;
import io.minicloud.agent.network.Appliance.SourceNat;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.process.MachineView;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppliancePlannerTest {
    private static final String NAMESPACE = "mc-nat-00000000000000001";
    private static final Subnet SUBNET = new Subnet("subnet-0000000000000000a", "10.0.1.0/24", 1400);
    private static final SourceNat NAT = new SourceNat(List.of("100.64.0.0/16", "10.0.0.0/16"), 1024, 65535, 350);
    private static final Interface FIRST = eni("1", "10.0.1.11", "10.0.1.12");
    private static final Interface SECOND = eni("2", "10.0.1.21");

    private final Appliance gateway = appliance(NAT, FIRST);
    private final AppliancePlanner planner = new AppliancePlanner(
            new IpLinks(
                    command -> {
                        throw new AssertionError("a planner runs nothing");
                    },
                    new NamedNamespaces(MachineView.direct())),
            new FakePacketFilter());

    @Test
    void rendersTheRulesOfANatGateway() throws IOException {
        try (var golden = getClass().getResourceAsStream("/golden/ruleset/appliance.nft")) {
            assertThat(ApplianceRenderer.render(gateway))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(ApplianceRenderer.render(appliance(null, FIRST))).doesNotContain("accept\n", "masquerade", "reject");
    }

    @Test
    void rulesComeBeforeForwardingAndBothBeforeTheFirstPacket() {
        var plan = planner.plan(gateway, ApplianceState.absent(Set.of(FIRST.peer())));

        assertThat(descriptions(plan))
                .satisfiesExactly(
                        step -> assertThat(step).isEqualTo("create network namespace " + NAMESPACE),
                        step -> assertThat(step).startsWith("set net.ipv4.ip_forward net.ipv4.conf.all.send_redirects"),
                        step -> assertThat(step).isEqualTo("bring up lo"),
                        step -> assertThat(step).isEqualTo("load the rules of " + NAMESPACE),
                        step -> assertThat(step).startsWith("set ").endsWith("icmp_timeout net.ipv4.ip_forward"),
                        step -> assertThat(step).isEqualTo("take " + FIRST.peer() + " into " + NAMESPACE),
                        step -> assertThat(step).isEqualTo("correct eth0"),
                        step -> assertThat(step).isEqualTo("correct the routes"));
        assertThat(script(plan, "take"))
                .isEqualTo("link set %1$s alias %2$s\nlink set %1$s netns %3$s name eth0"
                        .formatted(FIRST.peer(), gateway.owner(), NAMESPACE));
        assertThat(script(plan, "correct eth0")).isEqualTo("""
                link set eth0 mtu 1400
                address flush dev eth0
                address add 10.0.1.11/24 dev eth0
                address add 10.0.1.12/24 dev eth0
                link set eth0 up""");
        assertThat(script(plan, "correct the routes")).isEqualTo("route replace default via 10.0.1.1 dev eth0");
    }

    @Test
    void whatIsAsItShouldBeNeedsNothing() {
        assertThat(planner.plan(gateway, asItShouldBe(gateway)).describe()).isEmpty();
        var still = appliance(null, FIRST, SECOND);
        assertThat(planner.plan(still, asItShouldBe(still)).describe()).isEmpty();
    }

    @Test
    void whatIsNotToForwardIsClosedBeforeItsRulesAreChanged() {
        var steps = descriptions(planner.plan(appliance(null, FIRST), asItShouldBe(gateway)));

        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst()).startsWith("set net.ipv4.ip_forward ");
        assertThat(steps.getLast()).isEqualTo("load the rules of " + NAMESPACE);
    }

    @Test
    void withoutRulesItIsClosedUntilTheyAreThere() {
        var there = asItShouldBe(gateway);
        var bare =
                new ApplianceState(there.links(), there.waiting(), there.settings(), there.routes(), Optional.empty());

        assertThat(descriptions(planner.plan(gateway, bare)))
                .satisfiesExactly(
                        step -> assertThat(step).startsWith("set net.ipv4.ip_forward "),
                        step -> assertThat(step).isEqualTo("load the rules of " + NAMESPACE),
                        step -> assertThat(step).endsWith(" net.ipv4.ip_forward"));
    }

    @Test
    void whatIsMissingIsToldAndTheRestIsMade() {
        var both = appliance(NAT, FIRST, SECOND);
        var absent = ApplianceState.absent(Set.of(SECOND.peer()));

        assertThat(planner.missing(both, absent)).containsExactly(FIRST.id());
        assertThat(descriptions(planner.plan(both, absent)))
                .contains("take " + SECOND.peer() + " into " + NAMESPACE, "correct eth1")
                .doesNotContain("correct eth0", "correct the routes");
        assertThat(planner.missing(both, ApplianceState.absent(Set.of(FIRST.peer(), SECOND.peer()))))
                .isEmpty();
    }

    @Test
    void aLinkOfAnotherInterfaceMakesRoom() {
        var other = appliance(NAT, SECOND);
        var there = asItShouldBe(gateway);
        var coming = new ApplianceState(
                there.links(), Set.of(SECOND.peer()), there.settings(), there.routes(), there.ruleset());

        assertThat(descriptions(planner.plan(other, coming)))
                .containsExactly(
                        "delete link eth0",
                        "take " + SECOND.peer() + " into " + NAMESPACE,
                        "correct eth0",
                        "correct the routes");

        var away = new ApplianceState(there.links(), Set.of(), there.settings(), there.routes(), there.ruleset());
        assertThat(descriptions(planner.plan(other, away)))
                .as("the routes go with the link")
                .containsExactly("delete link eth0");

        var both = asItShouldBe(appliance(NAT, FIRST, SECOND));
        var tooMuch = new ApplianceState(both.links(), Set.of(), there.settings(), there.routes(), there.ruleset());
        assertThat(descriptions(planner.plan(gateway, tooMuch))).containsExactly("delete link eth1");
    }

    @Test
    void aForeignNamespaceIsAConflict() {
        var there = asItShouldBe(gateway);
        var links = new HashMap<>(there.links());
        links.put("lo", link("lo", "install/minicloud-host-lab/hostnetwork/uid", "00:00:00:00:00:00", List.of()));

        assertThat(planner.conflict(gateway, there)).isEmpty();
        assertThat(planner.conflict(gateway, ApplianceState.absent(Set.of()))).isEmpty();
        assertThat(planner.conflict(
                        gateway, new ApplianceState(links, Set.of(), Map.of(), KernelRoutes.NONE, Optional.empty())))
                .isPresent();
    }

    @Test
    void nothingButPlainThingsReachesAScript() {
        assertThatThrownBy(() -> eni("3", "10.0.2.11")).hasMessageContaining("10.0.2.11");
        assertThatThrownBy(() -> appliance(NAT, FIRST, FIRST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceNat(List.of("10.0.0.0/16 }"), 1024, 65535, 350))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceNat(List.of("10.0.0.0/16"), 1025, 1024, 350))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceNat(List.of("10.0.0.0/16"), 1024, 65536, 350))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceNat(List.of("10.0.0.0/16"), 1024, 65535, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ApplianceState asItShouldBe(Appliance appliance) {
        var owner = appliance.owner().toString();
        var links = new HashMap<String, Link>();
        links.put("lo", link("lo", owner, "00:00:00:00:00:00", List.of()));
        var routes = new KernelRoutes.Builder().route("0.0.0.0/0", "via 10.0.1.1 dev eth0", "");
        appliance.byLink().forEach((name, eni) -> {
            links.put(name, link(name, owner, eni.mac(), eni.addressesWithPrefix()));
            routes.route("10.0.1.0/24", "dev " + name, "");
        });
        var settings = new HashMap<>(RouterSettings.still());
        settings.putAll(RouterSettings.tracking(350));
        settings.put(RouterSettings.FORWARDING, appliance.sourceNat() == null ? "0" : "1");
        return new ApplianceState(
                links, Set.of(), settings, routes.build(), Optional.of(ApplianceRenderer.render(appliance)));
    }

    private static Link link(String name, String alias, String mac, List<String> addresses) {
        return new Link(name, "veth", alias, mac, 1400, true, true, null, false, addresses);
    }

    private static Appliance appliance(@Nullable SourceNat nat, Interface... enis) {
        return new Appliance(
                "nat-00000000000000001",
                new OwnerTag("install", "minicloud-host-lab", "hostappliance", "uid"),
                "vpc-00000000000000001",
                List.of(enis),
                nat,
                List.of());
    }

    private static Interface eni(String name, String... addresses) {
        return new Interface("eni-0000000000000000" + name, "02:00:00:00:00:0" + name, List.of(addresses), SUBNET);
    }

    private static List<String> descriptions(Plan plan) {
        return plan.actions().stream().map(Action::describe).toList();
    }

    private static String script(Plan plan, String description) {
        return plan.actions().stream()
                .filter(action -> action.describe().startsWith(description))
                .map(RouterSteps.Step.class::cast)
                .map(RouterSteps.Step::script)
                .findFirst()
                .orElseThrow();
    }
}
