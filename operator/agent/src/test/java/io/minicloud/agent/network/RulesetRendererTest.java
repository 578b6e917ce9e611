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
    void rendersAclsThatForbidSomething() throws IOException {
        assertThat(renderer.render(Example.withAcls(Example.router()))).contains(golden("acls.nft"));
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
        assertThatThrownBy(() -> new Router.Dns(true, "a\nserver=1.2.3.4"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String golden(String name) throws IOException {
        try (var stream = RulesetRendererTest.class.getResourceAsStream("/golden/ruleset/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
