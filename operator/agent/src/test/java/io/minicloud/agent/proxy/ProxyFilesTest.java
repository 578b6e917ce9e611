package io.minicloud.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProxyFilesTest {
    private static final Map<String, String> CERTIFICATES = Map.of("shop-1", "chain and key", "news-2", "others");
    private static final String SIGNS = "aZ9 \t\"'\\#$%[]{}()|^.*+?,;:/@!=<>&~`-_\r\né€🦊";

    @Test
    void aWebTier() throws IOException {
        var files = ProxyFiles.of(spec(), CERTIFICATES);

        assertThat(files.contents().get("haproxy.cfg").replace(files.digest(), "DIGEST"))
                .isEqualTo(golden("out-web.cfg"));
        assertThat(files.contents())
                .containsEntry("listener-443.list", "/etc/minicloud/shop-1.pem\n/etc/minicloud/news-2.pem\n")
                .containsEntry("shop-1.pem", "chain and key")
                .containsKeys("400.http", "502.http", "504.http")
                .doesNotContainKey("listener-80.list");
        assertThat(files).hasToString("ProxyFiles[" + files.digest() + "]");
    }

    @Test
    void targetsAreNoReasonForANewProcessAndAllElseIs() throws IOException {
        var spec = spec();
        var without = spec.withTargetGroups(spec.targetGroups().stream()
                .map(group -> group.withTargets(List.of()))
                .toList());
        var otherwise = new ProxySpec(spec.listeners(), spec.targetGroups(), 61, 3600, true, "Append", null, null);
        var digest = ProxyFiles.of(spec, CERTIFICATES).digest();

        assertThat(ProxyFiles.of(without, CERTIFICATES).digest()).isEqualTo(digest);
        assertThat(ProxyFiles.of(otherwise, CERTIFICATES).digest()).isNotEqualTo(digest);
        assertThat(ProxyFiles.of(spec, Map.of("shop-1", "renewed", "news-2", "others"))
                        .digest())
                .isNotEqualTo(digest);
    }

    /** No text adds a line or a word, whatever is in it. */
    @Test
    void whatAUserWroteNeverChangesTheShapeOfTheFile() {
        var random = new Random(7);
        var plain = shape("x", "x");
        for (int round = 0; round < 2_000; round++) {
            assertThat(shape(text(random, true), text(random, false))).isEqualTo(plain);
        }
    }

    private static List<Integer> shape(String any, String line) {
        var own = new ProxyAction(null, null, new ProxyAction.FixedResponse(200, line, any));
        var away = Specs.redirect("HTTPS", "h" + line, "1", "/" + line, line);
        var spec = Specs.proxy(List.of(Specs.http(
                80,
                own,
                Specs.rule(
                        1,
                        away,
                        Specs.when("path-pattern", any, "*a*", "c"),
                        Specs.when("path-pattern", any.replaceAll("[*?\\\\]", "")),
                        Specs.header("X", any),
                        Specs.query(any, any),
                        Specs.when("host-header", any, "*a*", "c")))));
        var configuration = ProxyFiles.of(spec, Map.of()).contents().get("haproxy.cfg");
        // Words are what HAProxy takes for words: between blanks, and quotes hold blanks together.
        return configuration
                .lines()
                .map(text -> text.strip().replaceAll("'[^']*'|\"[^\"]*\"", "q").split(" ").length)
                .toList();
    }

    private static String text(Random random, boolean lines) {
        return IntStream.range(0, 1 + random.nextInt(12))
                .map(each -> SIGNS.codePointAt(
                        SIGNS.offsetByCodePoints(0, random.nextInt(SIGNS.codePointCount(0, SIGNS.length())))))
                .filter(each -> lines || each >= ' ')
                .mapToObj(Character::toString)
                .collect(Collectors.joining("", "x", ""));
    }

    @Test
    void aHeaderIsOneLineAndANameIsAName() {
        assertRefused(Specs.http(80, Specs.fixed(200, "text/plain\r\nX: y", "b")));
        assertRefused(Specs.http(80, Specs.redirect("HTTP", "h\nx", "1", "/", "")));
        assertRefused(Specs.http(80, Specs.fixed(200, "text/plain", "a\0b")));
        assertRefused(Specs.http(80, Specs.to("t"), Specs.rule(1, Specs.to("t"), Specs.header("X:Y", "z"))));
        assertRefused(
                Specs.http(80, Specs.to("t"), Specs.rule(1, Specs.to("t"), Specs.when("source-ip", "1.2.3.4 }"))));
    }

    private static void assertRefused(ProxyListener listener) {
        assertThatThrownBy(() -> ProxyFiles.of(Specs.proxy(List.of(listener)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ProxySpec spec() throws IOException {
        return Serialization.unmarshal(golden("in-web.yaml"), ProxySpec.class);
    }

    private static String golden(String name) throws IOException {
        try (var stream = ProxyFilesTest.class.getResourceAsStream("/golden/proxy/" + name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
