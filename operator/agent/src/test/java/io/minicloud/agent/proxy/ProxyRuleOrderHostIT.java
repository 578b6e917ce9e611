package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.fixed;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.header;
import static io.minicloud.agent.proxy.Specs.http;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.query;
import static io.minicloud.agent.proxy.Specs.rule;
import static io.minicloud.agent.proxy.Specs.share;
import static io.minicloud.agent.proxy.Specs.targets;
import static io.minicloud.agent.proxy.Specs.to;
import static io.minicloud.agent.proxy.Specs.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.ContainerLab;
import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many listeners with rules by lot, each asked for much by lot: the real HAProxy chooses as AWS says. Needs root. */
class ProxyRuleOrderHostIT {
    private static final int LISTENERS = 40;
    private static final int REQUESTS = 100;
    private static final int FIRST_PORT = 1000;

    /** One in three of these is no name that a rule has. */
    private static final List<String> HOSTS = List.of(
            "a.lab", "b.lab", "x.a.lab", "y.x.a.lab", "xa.lab", "lab", "c.test", "A.Lab", "B.LAB:80", "zz", "1", "-");

    private static final List<String> HOST_PATTERNS = List.of(
            "a.lab", "b.lab", "X.a.lab", "*.lab", "*.a.lab", "*a.lab", "*.LAB", "*b", "1", "-", "?.lab", "*.x.*", "a*",
            "*");

    private static final List<String> PIECES = List.of(
            "/", "/a", "/b", "a", "b", "A", "1:", ":", "#", "'", "\"", "$", "%41", "%20", "~", "\\", "é", "//", ".");

    private final Random random = new Random(11);

    @TempDir
    private Path home;

    @TempDir
    private Path run;

    private ContainerLab containers;
    private ProxyLab lab;
    private UpgradeTarget target;

    @BeforeEach
    void open() throws IOException {
        containers = new ContainerLab(home, "lab");
        lab = new ProxyLab(containers, run);
        // It takes paths of all kinds, and its answer is empty.
        target = new UpgradeTarget(address(10), 8080);
    }

    @AfterEach
    void close() throws IOException {
        target.close();
        lab.close();
        containers.close();
    }

    @Test
    void theFirstRuleThatIsMetDecidesHoweverItIsFound() throws Exception {
        var listeners = IntStream.range(0, LISTENERS)
                .mapToObj(number -> http(FIRST_PORT + number, fixed(200, "text/plain", "-1"), rules(number)))
                .toList();
        var spec = proxy(listeners, targets(1, address(10)), targets(2));
        lab.settle(spec);
        lab.await(spec, 1, 10, "Healthy");
        lab.settle(spec);

        var seen = new ArrayList<>(List.of(0, 0, 0));
        for (var listener : listeners) {
            var maps = new RuleMaps(listener);
            try (var connection = new HttpConnection(new Socket(ProxyLab.PROXY, listener.port()))) {
                for (int request = 0; request < REQUESTS; request++) {
                    var asked = request();
                    int expected = AwsRules.first(listener.rules(), asked);
                    assertThat(answer(connection, asked))
                            .as("%s of %s", asked, listener.rules())
                            .isEqualTo(words(listener, expected));
                    seen.set(kind(maps, expected), seen.get(kind(maps, expected)) + 1);
                }
            }
        }
        assertThat(seen)
                .as("by none, by those that are looked up, by those that are tried")
                .allMatch(count -> count > 400);
    }

    private static int kind(RuleMaps maps, int position) {
        return position < 0 ? 0 : maps.hold(position) ? 1 : 2;
    }

    private static String words(ProxyListener listener, int position) {
        if (position < 0) {
            return "-1";
        }
        var action = listener.rules().get(position).action();
        return action.forward() == null ? action.fixedResponse().messageBody() : "";
    }

    private ProxyRule[] rules(int number) {
        return IntStream.range(0, 1 + random.nextInt(number % 2 == 0 ? 6 : 30))
                .mapToObj(position -> rule(position + 1, action(position), conditions()))
                .toArray(ProxyRule[]::new);
    }

    private ProxyAction action(int position) {
        return switch (random.nextInt(8)) {
            case 0 -> to(group(1));
            case 1 -> share(null, group(1), 5, group(2), 0);
            case 2 -> share(600, group(2), 0, group(1), 3);
            case 3 -> share(null, group(1), 1, group(1), 2);
            default -> fixed(200, "text/plain", "rule " + position);
        };
    }

    private ProxyRule.Condition[] conditions() {
        var conditions = new ArrayList<ProxyRule.Condition>();
        int kind = random.nextInt(10);
        if (kind < 6) {
            conditions.add(when("host-header", some(HOST_PATTERNS)));
        }
        if (kind > 3) {
            conditions.add(when(
                    "path-pattern",
                    IntStream.rangeClosed(0, random.nextInt(3))
                            .mapToObj(each -> pattern())
                            .toArray(String[]::new)));
        }
        if (random.nextInt(5) == 0) {
            conditions.add(
                    switch (random.nextInt(4)) {
                        case 0 -> header("X-Kind", "o*");
                        case 1 -> when("http-request-method", "PUT");
                        case 2 -> query("v", "1");
                        default -> when("source-ip", random.nextBoolean() ? "198.18.77.0/24" : "192.0.2.0/24");
                    });
        }
        return conditions.toArray(ProxyRule.Condition[]::new);
    }

    private String[] some(List<String> values) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(each -> values.get(random.nextInt(values.size())))
                .toArray(String[]::new);
    }

    private String pattern() {
        var path = path();
        return switch (random.nextInt(8)) {
            case 0 -> path.replaceFirst("a", "?");
            case 1 -> "*" + path;
            case 2, 3 -> path;
            default -> path + "*";
        };
    }

    private String path() {
        var path = new StringBuilder("/");
        for (int left = random.nextInt(4); left > 0; left--) {
            path.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return path.toString();
    }

    private AwsRules.Request request() {
        // Neither is a part of what may be asked for.
        var path = path().replaceAll("[#é]", "");
        return new AwsRules.Request(
                random.nextInt(4) == 0 ? "PUT" : "GET",
                HOSTS.get(random.nextInt(HOSTS.size())),
                path,
                random.nextInt(3) == 0 ? "u=2&v=1" : "",
                random.nextInt(3) == 0 ? Map.of("x-kind", "One") : Map.of());
    }

    private static String answer(HttpConnection connection, AwsRules.Request request) throws IOException {
        var text = new StringBuilder()
                .append(request.method())
                .append(' ')
                .append(request.path())
                .append(request.query().isEmpty() ? "" : "?" + request.query())
                .append(" HTTP/1.1\r\nContent-Length: 0\r\nHost: ")
                .append(request.host())
                .append("\r\n");
        request.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        return connection.ask(text.toString()).body();
    }
}
