package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.fixed;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.header;
import static io.minicloud.agent.proxy.Specs.http;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.query;
import static io.minicloud.agent.proxy.Specs.redirect;
import static io.minicloud.agent.proxy.Specs.rule;
import static io.minicloud.agent.proxy.Specs.share;
import static io.minicloud.agent.proxy.Specs.targets;
import static io.minicloud.agent.proxy.Specs.to;
import static io.minicloud.agent.proxy.Specs.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.ContainerLab;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of listeners, by the real HAProxy. Needs root. */
class ProxyRulesHostIT {
    private static final String NASTY = "%[env(HOME)] \"'\\ $HOME #{x} #no\r\n  http-request deny\r\nü";

    @TempDir
    private static Path home;

    @TempDir
    private static Path run;

    private static ContainerLab containers;
    private static ProxyLab lab;

    @BeforeAll
    static void serve() throws IOException {
        containers = new ContainerLab(home, "lab");
        lab = new ProxyLab(containers, run);
        lab.target(11);
        lab.target(12);
        var spec = proxy(
                List.of(
                        http(
                                80,
                                to(group(1)),
                                rule(1, fixed(200, "text/plain", "path"), when("path-pattern", "/img/*.?if", "/x[1]")),
                                rule(2, fixed(200, "text/plain", "host"), when("host-header", "*.shop.lab")),
                                rule(3, fixed(200, "text/plain", "header"), header("X-Beta'$", "y?s", "%[src]")),
                                rule(4, fixed(200, "text/plain", "method"), when("http-request-method", "PUT")),
                                rule(5, fixed(200, "text/plain", "query"), query("ver*", "1?2")),
                                rule(6, fixed(200, "text/plain", "any key"), query(null, "needle")),
                                rule(
                                        7,
                                        fixed(200, "text/plain", "source"),
                                        when("path-pattern", "/source"),
                                        when("source-ip", "198.18.77.0/28")),
                                rule(
                                        8,
                                        fixed(200, "text/plain", "wrong"),
                                        when("path-pattern", "/other"),
                                        when("source-ip", "192.0.2.0/24")),
                                rule(9, fixed(418, "text/html; charset=utf-8", NASTY), when("path-pattern", "/nasty")),
                                rule(10, fixed(503, null, null), when("path-pattern", "/empty")),
                                rule(
                                        11,
                                        redirect("HTTPS", "#{host}", "443", "/#{path}", "#{query}"),
                                        when("path-pattern", "/old/*")),
                                rule(
                                        12,
                                        redirect(
                                                "#{protocol}",
                                                "new.%[src].lab",
                                                "#{port}",
                                                "/in/#{path}",
                                                "a=%20&#{query}"),
                                        when("path-pattern", "/older")),
                                rule(
                                        15,
                                        fixed(200, "text/plain", "beginning"),
                                        when("path-pattern", "/-i #$'\"%[src]*")),
                                rule(16, fixed(200, "text/plain", "whole"), when("host-header", "Whole.lab", "-f")),
                                rule(13, share(null, group(1), 30, group(2), 10), when("path-pattern", "/weighted")),
                                rule(14, share(600, group(1), 1, group(2), 1), when("path-pattern", "/group"))),
                        http(81, to(group(3)))),
                targets(1, address(11)),
                targets(2, address(12)),
                targets(3));
        lab.settle(spec);
        lab.await(spec, 1, 11, "Healthy");
        lab.await(spec, 2, 12, "Healthy");
        lab.settle(spec);
    }

    @AfterAll
    static void close() {
        lab.close();
        containers.close();
    }

    @Test
    void pathsMatchWithTheirCaseAndAsAWhole() throws Exception {
        assertThat(lab.who(80, "/img/a/b.gif?q=1")).isEqualTo("path");
        assertThat(lab.who(80, "/img/a.if")).isEqualTo("target-11");
        assertThat(lab.who(80, "/IMG/a.gif")).isEqualTo("target-11");
        assertThat(lab.who(80, "/img/a.gift")).isEqualTo("target-11");
        assertThat(lab.who(80, "/img/agif")).isEqualTo("target-11");
        assertThat(lab.who(80, "/x1")).isEqualTo("target-11");
    }

    @Test
    void hostsMatchWithoutTheirCaseAndPort() throws Exception {
        assertThat(Raw.get("/", "Host: A.Shop.LAB:80")).endsWith("host");
        assertThat(Raw.get("/", "Host: shop.lab")).contains("target-11");
        assertThat(Raw.get("/", "Host: a.shop.lab.evil")).contains("target-11");
        assertThat(Raw.get("/", "Host: axshopxlab")).contains("target-11");
    }

    @Test
    void wholesAndBeginningsAreTakenAsTheyStand() throws Exception {
        assertThat(Raw.get("/-i", "Host: whole.LAB:80")).endsWith("whole");
        assertThat(Raw.get("/", "Host: -f")).endsWith("whole");
        assertThat(Raw.get("/", "Host: awhole.lab")).contains("target-11");
        assertThat(Raw.get("/-i", "Host: h")).contains("target-11");
        assertThat(Raw.get("/-i%20", "Host: h")).contains("target-11");
    }

    @Test
    void headersMatchWithoutCaseAndAreNoConfiguration() throws Exception {
        assertThat(Raw.get("/", "Host: h", "X-Beta'$: YES")).endsWith("header");
        assertThat(Raw.get("/", "Host: h", "X-Beta'$: no", "X-Beta'$: yes")).endsWith("header");
        assertThat(Raw.get("/", "Host: h", "X-Beta'$: yees")).contains("target-11");
        assertThat(Raw.get("/", "Host: h", "X-Beta'$: %[src]")).endsWith("header");
        assertThat(Raw.get("/", "Host: h", "X-Beta'$: 198.18.77.10")).contains("target-11");
    }

    @Test
    void methodsMatchExactly() throws Exception {
        assertThat(lab.who(lab.request(80, "/").PUT(BodyPublishers.ofString("x"))))
                .isEqualTo("method");
        assertThat(lab.who(lab.request(80, "/").method("PUTS", BodyPublishers.noBody())))
                .isEqualTo("target-11");
        assertThat(lab.who(lab.request(80, "/").POST(BodyPublishers.ofString("x"))))
                .isEqualTo("target-11");
    }

    @Test
    void queriesMatchAParameter() throws Exception {
        assertThat(lab.who(80, "/?a=b&VERSION=1x2&c=d")).isEqualTo("query");
        assertThat(lab.who(80, "/?version=12")).isEqualTo("target-11");
        assertThat(lab.who(80, "/?x=version=1x2&y=1&2")).isEqualTo("target-11");
        assertThat(lab.who(80, "/?what=Needle")).isEqualTo("any key");
        assertThat(lab.who(80, "/?what=needles")).isEqualTo("target-11");
    }

    @Test
    void theSourceIsTheConnections() throws Exception {
        assertThat(lab.who(80, "/source")).isEqualTo("source");
        assertThat(lab.who(lab.request(80, "/other").header("X-Forwarded-For", "192.0.2.1")))
                .isEqualTo("target-11");
    }

    @Test
    void whatAUserWroteIsAValue() throws Exception {
        var answer = lab.get(80, "/nasty");
        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo(NASTY);
        assertThat(answer.headers().firstValue("server")).hasValue("awselb/2.0");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(lab.get(80, "/empty").statusCode()).isEqualTo(503);
        assertThat(lab.get(80, "/empty").body()).isEmpty();
    }

    @Test
    void redirectsAreFilledIn() throws Exception {
        assertThat(Raw.get("/old/a%20b?x=1&y", "Host: site.lab:80"))
                .contains("\r\nlocation: https://site.lab:443/old/a%20b?x=1&y\r\n");
        assertThat(Raw.get("/old/", "Host: site.lab"))
                .contains(" 301 ")
                .contains("\r\nlocation: https://site.lab:443/old/\r\n");
        assertThat(Raw.get("/older?z=2", "Host: site.lab"))
                .contains("\r\nlocation: http://new.%[src].lab:80/in/older?a=%20&z=2\r\n");
    }

    @Test
    void targetsAreToldOfTheClient() throws Exception {
        var seen = lab.send(lab.request(80, "/")
                        .header("X-Forwarded-For", "192.0.2.1")
                        .header("X-Forwarded-Proto", "https"))
                .body();
        assertThat(seen)
                .containsIgnoringCase("X-Forwarded-For=192.0.2.1, 198.18.77.10\n")
                .containsIgnoringCase("X-Forwarded-Proto=http\n")
                .containsIgnoringCase("X-Forwarded-Port=80\n")
                .containsPattern("(?i)X-Amzn-Trace-Id=Root=1-[0-9a-f]{8}-[0-9a-f]{24}\n");
        assertThat(lab.get(80, "/").body()).containsIgnoringCase("X-Forwarded-For=198.18.77.10\n");
        assertThat(lab.send(lab.request(80, "/").header("X-Amzn-Trace-Id", "Root=1-2-3"))
                        .body())
                .containsPattern("(?i)X-Amzn-Trace-Id=Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-2-3\n");
    }

    @Test
    void weightsAreShares() throws Exception {
        int first = 0;
        for (int request = 0; request < 400; request++) {
            first += lab.who(80, "/weighted").equals("target-11") ? 1 : 0;
        }
        // 300 are expected; further than 40 from it is one run in a million.
        assertThat(first).isBetween(255, 345);
    }

    @Test
    void aClientStaysWithItsGroup() throws Exception {
        for (var name : List.of("target-11", "target-12")) {
            var cookie = IntStream.range(0, 64)
                    .mapToObj(request -> groupCookie(name))
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .orElseThrow();
            for (int request = 0; request < 20; request++) {
                assertThat(lab.who(lab.request(80, "/group").header("Cookie", cookie)))
                        .isEqualTo(name);
                assertThat(lab.who(lab.request(80, "/group")
                                .header("Cookie", cookie.replace("AWSALBTG=", "AWSALBTGCORS="))))
                        .isEqualTo(name);
            }
        }
        assertThat(IntStream.range(0, 30)
                        .mapToObj(request -> who("AWSALBTG=nonsense"))
                        .distinct())
                .hasSize(2);
    }

    private static String who(String cookie) {
        try {
            return lab.who(lab.request(80, "/group").header("Cookie", cookie));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String groupCookie(String name) {
        try {
            var answer = lab.get(80, "/group");
            assertThat(answer.headers().allValues("set-cookie"))
                    .satisfiesExactlyInAnyOrder(
                            own -> assertThat(own).matches("AWSALBTG=[0-9a-f]{16}; Expires=.* GMT; Path=/"),
                            second -> assertThat(second)
                                    .matches("AWSALBTGCORS=[0-9a-f]{16}; Expires=.* GMT; Path=/; SameSite=None"));
            return answer.body().startsWith(name + "\n")
                    ? answer.headers().allValues("set-cookie").stream()
                            .filter(cookie -> cookie.startsWith("AWSALBTG="))
                            .findFirst()
                            .orElseThrow()
                            .split(";")[0]
                    : "";
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itsOwnAnswersAreAws() throws Exception {
        var nobody = lab.get(81, "/");
        assertThat(nobody.statusCode()).isEqualTo(503);
        assertThat(nobody.headers().firstValue("server")).hasValue("awselb/2.0");
        assertThat(nobody.body()).contains("<h1>503 Service Temporarily Unavailable</h1>");
        assertThat(lab.get(80, "/own503").body()).as("a target's own").startsWith("target-11\nGET /own503");
        assertThat(lab.get(80, "/own503").statusCode()).isEqualTo(503);
        assertThat(Raw.send("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }
}
