package io.minicloud.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.host.ProxyAccessLog;
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

    /** What a log adds, and where it goes is no reason for a new process. */
    @Test
    void aLog() throws IOException {
        var log = new ProxyAccessLog("logs", "web", "111122223333", "home-1", "http://s3", "key", "10.0.0.1", null);
        var other = new ProxyAccessLog("other", null, "111122223333", "home-1", "http://s4", "new", "10.0.0.2", null);
        var logged = ProxyFiles.of(spec().withAccessLog(log), CERTIFICATES);
        var before = golden("out-web.cfg").lines().toList();
        var added = logged.contents()
                .get("haproxy.cfg")
                .lines()
                .filter(line ->
                        !before.contains(line.replaceFirst(" \\{ int\\(\\d+\\),set-var\\(txn.logrule\\).*?}", "")))
                .filter(line -> !line.startsWith("  description"))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(added).isEqualTo(golden("out-log.txt"));
        assertThat(ProxyFiles.of(spec().withAccessLog(other), CERTIFICATES).digest())
                .isEqualTo(logged.digest());
    }

    @Test
    void targetsAreNoReasonForANewProcessAndAllElseIs() throws IOException {
        var spec = spec();
        var without = spec.withTargetGroups(spec.targetGroups().stream()
                .map(group -> group.withTargets(List.of()))
                .toList());
        var otherwise =
                new ProxySpec(spec.listeners(), spec.targetGroups(), 61, 3600, true, "Append", null, null, null);
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

    @Test
    void whatHostsAndBeginningsTellIsLookedUp() {
        var drawn = Specs.share(null, Specs.group(1), 1, Specs.group(2), 9);
        var files = ProxyFiles.of(
                        Specs.proxy(
                                List.of(Specs.http(
                                        80,
                                        Specs.to(Specs.group(1)),
                                        Specs.rule(
                                                5, Specs.to(Specs.group(2)), Specs.when("path-pattern", "/a/*", "/b")),
                                        Specs.rule(6, drawn, Specs.when("http-request-method", "PUT")),
                                        Specs.rule(7, drawn, Specs.when("path-pattern", "/a/b/*", "/c*")),
                                        Specs.rule(8, drawn, Specs.when("host-header", "*.LAB", "*.x.lab", "y.Lab")),
                                        Specs.rule(
                                                9,
                                                Specs.fixed(200, null, null),
                                                Specs.when("host-header", "*.x.lab"),
                                                Specs.when("path-pattern", "/d")))),
                                Specs.targets(1),
                                Specs.targets(2)),
                        Map.of())
                .contents();
        assertThat(files)
                .containsEntry("listener-80-hosts.map", "y.lab 1\n")
                .containsEntry("listener-80-endings.map", ".x.lab 2\n.lab 3\n")
                .containsEntry(
                        "listener-80-rules.map", "0:/a/ 0\n0:/a/b/ 0\n0:/b? 0\n0:/c 2\n1: 3\n2: 3\n2:/d? 3\n3: 3\n")
                .containsEntry(
                        "listener-80-actions.map",
                        "0 tg-00000000000000002\n2 drawn-0\n3 drawn-0\n4 listener-80-rule-9\n");
        assertThat(files.get("haproxy.cfg")
                        .lines()
                        .filter(line -> line.contains("txn.rule") || line.contains("txn.to")))
                .containsExactly(
                        "  http-request set-var(txn.rule) int(0),concat(:,txn.path,?),map_beg_int(/etc/minicloud/listener-80-rules.map)",
                        "  http-request set-var(txn.rule) var(txn.other) if { var(txn.other) -m found } !{ var(txn.rule),sub(txn.other) lt 0 }",
                        "  http-request set-var(txn.rule) var(txn.other) if { var(txn.other) -m found } !{ var(txn.rule),sub(txn.other) lt 0 }",
                        "  http-request set-var(txn.to) var(txn.rule),map_str(/etc/minicloud/listener-80-actions.map)",
                        "  use_backend tg-00000000000000001 if !{ var(txn.rule) -m int lt 1 } { method -m reg '^(?:PUT)$' } { rand(10) lt 1 }",
                        "  use_backend tg-00000000000000002 if !{ var(txn.rule) -m int lt 1 } { method -m reg '^(?:PUT)$' }",
                        "  use_backend %[var(txn.to)] if { var(txn.to) -m found } !{ var(txn.to) -m beg drawn- }",
                        "  use_backend tg-00000000000000001 if { var(txn.to) -m str drawn-0 } { rand(10) lt 1 }",
                        "  use_backend tg-00000000000000002 if { var(txn.to) -m str drawn-0 }");
    }

    @Test
    void whatAUserWroteIsOneWordOfALineThatIsLookedUp() {
        var random = new Random(5);
        int lookedUp = 0;
        for (int round = 0; round < 2_000; round++) {
            var rule = Specs.rule(
                    1,
                    Specs.fixed(200, null, null),
                    round % 2 == 0
                            ? Specs.when("path-pattern", "/" + text(random, true), "/*")
                            : Specs.when("host-header", "*" + text(random, true), "h"));
            var files = new RuleMaps(Specs.http(80, Specs.fixed(200, null, null), rule)).files();
            files.values().forEach(file -> assertThat(file).matches("([!-~&&[^#]][!-~]* [a-z0-9-]+\n)+"));
            lookedUp += files.isEmpty() ? 0 : 1;
        }
        assertThat(lookedUp).isPositive();
    }

    @Test
    void aNameThatIsLookedUpIsThere() {
        var path = Specs.when("path-pattern", "/x");
        assertRefused(Specs.http(80, Specs.fixed(200, null, null), Specs.rule(1, Specs.to("t"), path)));
        assertThat(ProxyFiles.of(
                                Specs.proxy(
                                        List.of(Specs.http(
                                                80,
                                                Specs.fixed(200, null, null),
                                                Specs.rule(1, Specs.to(Specs.group(1)), path))),
                                        Specs.targets(1)),
                                Map.of())
                        .contents())
                .containsEntry("listener-80-actions.map", "0 tg-00000000000000001\n");
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
