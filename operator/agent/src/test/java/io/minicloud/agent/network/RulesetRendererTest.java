package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Target;
import io.minicloud.reconcile.identity.RoutingTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesetRendererTest {
    private final RulesetRenderer renderer = new RulesetRenderer();

    @Test
    void rendersTheWholeRouter() throws IOException {
        assertThat(renderer.render(Example.router())).isEqualTo(golden("router.nft"));
    }

    @Test
    void rendersAclsThatForbidSomething() throws IOException {
        assertThat(renderer.render(Example.withAcls(Example.router()))).contains(golden("acls.nft"));
    }

    @Test
    void whatComesFromTheWorldIsKnownByTheGatewaysLink() {
        var router = Example.withRouting(Example.router(), Example.gateway());

        assertThat(renderer.render(router))
                .contains("    iifname \"mcigw\" meta mark set 0x2\n")
                .contains("    ct state invalid drop\n    meta mark 0x2 accept\n")
                .contains("    oifname \"mcigw\" ip daddr != 169.254.0.0/16 accept\n    jump destination_check\n")
                .contains("    meta mark 0 drop\n    meta mark 0x2 drop\n    udp sport 68");
        assertThat(renderer.render(Example.router())).doesNotContain("mcigw", "0x2 accept");
    }

    /** Two nodes of load balancers; by their numbers alone, so their order is nothing. */
    @Test
    void whoSendsForItsClientsIsAnswered() {
        var both = Set.of("eni-00000000000000001", "eni-00000000000000002");
        var router = Example.withRouting(Example.router(), new Routing(List.of(), null, both));
        var first = RulesetWords.mark("eni-00000000000000001").replaceFirst(".$", "");
        var second = RulesetWords.mark("eni-00000000000000002").replaceFirst(".$", "");

        assertThat(renderer.render(router))
                .contains(
                        "ct mark { original . 0x1, original . %1$s1, original . %2$s1, original . 0x3, original . %1$s3"
                                .formatted(first, second))
                .contains(first + "1 . 0.0.0.0/0", second + "1 . 0.0.0.0/0");
        assertThat(renderer.render(
                        Example.withInterfaces(router, router.interfaces().reversed())))
                .isEqualTo(renderer.render(router));
        assertThat(new RouterRoutes(router).wanted().rules())
                .contains(
                        "fwmark %s0 lookup %d priority 900".formatted(first, RoutingTable.of("eni-00000000000000001")));
    }

    @Test
    void rendersAGateway() throws IOException {
        var router = Example.router();
        assertThat(InternetGatewayRenderer.render(Example.gateway().gateway(), router.owner()))
                .isEqualTo(golden("gateway.nft"));
    }

    /** AWS: a NAT gateway has no security group. */
    @Test
    void noGroupLetsEverythingPassAndAnUnknownOneNothing() {
        var none = eni(List.of());
        var unknown = eni(List.of("sg-0000000000000000f"));

        assertThat(renderer.render(Example.withInterfaces(Example.router(), List.of(none))))
                .contains("  chain " + Direction.IN.combination(none) + " {\n    accept\n  }\n")
                .contains("  chain " + Direction.OUT.combination(none) + " {\n    accept\n  }\n")
                .contains(" : jump " + Direction.IN.combination(none), " : jump " + Direction.OUT.combination(none));
        assertThat(renderer.render(Example.withInterfaces(Example.router(), List.of(unknown))))
                .contains("  chain " + Direction.IN.combination(unknown) + " {\n  }\n")
                .contains("  chain " + Direction.OUT.combination(unknown) + " {\n  }\n");
    }

    @Test
    void theOrderOfInterfacesDoesNotMatter() {
        var router = Example.router();
        var reversed = Example.withInterfaces(router, router.interfaces().reversed());

        assertThat(renderer.render(reversed)).isEqualTo(renderer.render(router));
    }

    @Test
    void aMarkIsNeverThatOfNoInterface() {
        assertThat(RulesetWords.mark("eni-00000000000000001")).matches("0x[0-9a-f]{7}1");
    }

    @Test
    void nothingButPlainNamesReachesAScript() {
        assertThatThrownBy(() -> new Interface(
                        "eni-1; flush ruleset", "subnet-1", "p", "02:00:00:00:00:01", List.of(), List.of(), true, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rule("tcp", 1, 1, "0.0.0.0/0 accept; drop", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        RuleRenderer.render(Direction.IN, List.of(new Rule("tcp accept", 1, 1, "0.0.0.0/0", null))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InternetGateway("igw-1", Map.of("10.0.1.11", "203.0.113.5 : 10.0.1.12")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Route("0.0.0.0/0 dev lo", Target.BLACKHOLE, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Router.Dns(true, "a\nserver=1.2.3.4"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Interface eni(List<String> groups) {
        var first = Example.router().interfaces().getFirst();
        return new Interface(
                first.id(), first.subnetId(), first.port(), first.mac(), first.addresses(), groups, true, null);
    }

    private static String golden(String name) throws IOException {
        try (var stream = RulesetRendererTest.class.getResourceAsStream("/golden/ruleset/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
