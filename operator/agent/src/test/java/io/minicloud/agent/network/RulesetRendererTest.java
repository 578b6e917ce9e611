package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesetRendererTest {
    private final RulesetRenderer renderer = new RulesetRenderer();

    @Test
    void rendersTheWholeRouter() throws IOException {
        assertThat(renderer.render(Example.router())).isEqualTo(golden("router.nft"));
    }

    @Test
    void theOrderOfInterfacesDoesNotMatter() {
        var router = Example.router();
        var reversed = Example.withInterfaces(router, router.interfaces().reversed());

        assertThat(renderer.render(reversed)).isEqualTo(renderer.render(router));
    }

    @Test
    void aMarkIsNeverThatOfNoInterface() {
        assertThat(RulesetRenderer.mark("eni-00000000000000001")).matches("0x[0-9a-f]{7}1");
    }

    @Test
    void rulesReadAsAwsMeansThem() {
        var rules = new RuleRenderer();

        assertThat(rules.ingress(new Rule("tcp", 80, 80, "0.0.0.0/0", null)))
                .isEqualTo("ip saddr 0.0.0.0/0 tcp dport 80 accept");
        assertThat(rules.ingress(new Rule("17", 5000, 5010, "10.0.0.0/8", null)))
                .isEqualTo("ip saddr 10.0.0.0/8 udp dport 5000-5010 accept");
        assertThat(rules.egress(new Rule("icmp", 8, -1, "10.0.0.0/8", null)))
                .isEqualTo("ip daddr 10.0.0.0/8 icmp type 8 accept");
        assertThat(rules.egress(new Rule("50", -1, -1, "10.0.0.0/8", null)))
                .isEqualTo("ip daddr 10.0.0.0/8 ip protocol 50 accept");
        assertThat(rules.ingress(new Rule("-1", -1, -1, null, "sg-0a")))
                .isEqualTo("meta mark . ip saddr @sg-0a_members accept");
    }

    @Test
    void nothingButPlainNamesReachesAScript() {
        assertThatThrownBy(() -> new Interface(
                        "eni-1; flush ruleset", "subnet-1", "p", "02:00:00:00:00:01", List.of(), List.of(), true, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rule("tcp", 1, 1, "0.0.0.0/0 accept; drop", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RuleRenderer().ingress(new Rule("tcp accept", 1, 1, "0.0.0.0/0", null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Router.Dns(true, "a\nserver=1.2.3.4"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String golden(String name) throws IOException {
        try (var stream = RulesetRendererTest.class.getResourceAsStream("/golden/ruleset/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
