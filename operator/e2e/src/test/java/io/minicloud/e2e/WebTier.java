package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The web tier of the examples: a load balancer that ends TLS over two zones, asked by curl from outside of the VPC. */
final class WebTier {
    private static final String FILE = "docs/examples/web-tier.yaml";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int REQUESTS = 20;
    private static final int UNTRUSTED = 60;

    private final Cloud cloud;
    private final Path authority;
    private final List<String> nodes;

    /**
     * Makes it and waits until it serves.
     *
     * @param cloud where the quickstart is
     * @param folder for a file
     */
    WebTier(Cloud cloud, Path folder) throws IOException {
        this.cloud = cloud;
        cloud.kubectl("apply", "-f", FILE).succeeded();
        cloud.kubectl(
                        "-n",
                        "lab",
                        "wait",
                        "--for=condition=Ready",
                        "--timeout=120s",
                        "certificate/shop",
                        "loadbalancer/shop",
                        "listener/shop-https")
                .succeeded();
        this.authority = Files.writeString(
                folder.resolve("authority.pem"), cloud.field("configmap/minicloud-ca", ".data.ca\\.crt"));
        this.nodes = List.of(
                cloud.field("loadbalancer/shop", ".status.availabilityZones[*].loadBalancerAddresses[*].ipAddress")
                        .split(" "));
        assertThat(nodes).hasSize(2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health("shop-web")).isEqualTo("healthy healthy"));
    }

    /** Each node does with a request what the first rule says that matches. */
    void obeysItsRules() {
        for (var node : nodes) {
            assertThat(ask(node, "http://shop.lab/cart?item=7", "-w", "%{http_code} %{redirect_url}"))
                    .endsWith("301 https://shop.lab:443/cart?item=7");
            assertThat(ask(node, "https://shop.lab/status")).isEqualTo("open");
            assertThat(ask(node, "https://shop.lab/status/none", "-w", "%{http_code}"))
                    .endsWith("404");
            assertThat(answers(node, "https://shop.lab/")).containsExactly("server 1", "server 2");
            assertThat(answers(node, "https://blue.shop.lab/")).containsExactly("server 1");
        }
    }

    /** Nobody comes past the load balancer or its groups, and who does not trust the account's authority sees it. */
    void isClosedOtherwise() {
        var node = nodes.getFirst();
        assertThat(curl(node, "https://shop.lab/").status()).isEqualTo(UNTRUSTED);
        assertThat(curl(node, "http://shop.lab:8080/").status())
                .as("no listener")
                .isNotZero();
        cloud.launch("tier-stranger", "tier-a", "", """
                sleep 2; timeout 3 wget -q -O - http://10.0.1.10/ || echo 'tier: refused'""");
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=90s", "instance/tier-stranger")
                .succeeded();
        await().atMost(PATIENCE).until(() -> cloud.console("tier-stranger").contains("tier: refused"));
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/tier-stranger")
                .succeeded();
    }

    /** One server after the other goes and comes back while it is asked all the time: no request fails. */
    void losesNoRequestWhileItsTargetsChange() {
        var done = new AtomicBoolean();
        var failed = CompletableFuture.supplyAsync(() -> IntStream.iterate(0, number -> number + 1)
                .takeWhile(number -> !done.get())
                .mapToObj(number -> ask(nodes.get(number % nodes.size()), "https://shop.lab/"))
                .filter(answer -> !answer.startsWith("server "))
                .toList());
        for (var server : List.of("tier-1", "tier-2")) {
            var other = server.equals("tier-1") ? "tier-2" : "tier-1";
            targets(other);
            await().atMost(PATIENCE)
                    .until(() -> answers(nodes.getFirst(), "https://shop.lab/").size() == 1);
            targets(server, other);
            await().atMost(PATIENCE).until(() -> health("shop-web").equals("healthy healthy"));
            await().atMost(PATIENCE)
                    .until(() -> answers(nodes.getFirst(), "https://shop.lab/").size() == 2);
        }
        done.set(true);
        assertThat(failed.join()).isEmpty();
    }

    /** A server that is stopped gets nothing more, and gets its share when it runs again. */
    void followsItsServers() {
        state("tier-1", "stopped");
        await().atMost(PATIENCE)
                .until(() -> answers(nodes.getLast(), "https://shop.lab/").equals(Set.of("server 2")));
        assertThat(cloud.field("targetgroup/shop-web", ".status.targetHealth[*].reason"))
                .contains("Target.InvalidState");
        state("tier-1", "running");
        await().atMost(PATIENCE)
                .until(() -> answers(nodes.getLast(), "https://shop.lab/").size() == 2);
    }

    /** A node whose program is killed serves again before a client that asks twice notices. */
    void comesBackWhenItsProgramIsKilled() {
        var programs = Stream.of(output(
                                "get",
                                "hostappliances",
                                "-A",
                                "-l",
                                "minicloud.io/owner-kind=loadbalancer",
                                "-o",
                                "jsonpath={.items[*].status.networkNamespace}")
                        .split(" "))
                .flatMap(namespace -> cloud.run(Duration.ofSeconds(10), "ip", "netns", "pids", namespace)
                        .succeeded()
                        .output()
                        .lines())
                .map(Long::valueOf)
                .toList();
        assertThat(programs).hasSizeGreaterThanOrEqualTo(nodes.size());
        programs.forEach(program -> ProcessHandle.of(program).ifPresent(ProcessHandle::destroyForcibly));
        for (var node : nodes) {
            assertThat(ask(node, "https://shop.lab/", "--retry", "5", "--retry-connrefused"))
                    .matches("(?s).*server [12]");
        }
    }

    /** Takes all of it away. */
    void delete() {
        cloud.kubectl("delete", "--timeout=180s", "--ignore-not-found", "-f", FILE)
                .succeeded();
    }

    private Set<String> answers(String node, String url) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(number -> ask(node, url))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String ask(String node, String url, String... options) {
        return curl(
                        node,
                        url,
                        Stream.concat(Stream.of("--cacert", authority.toString()), Stream.of(options))
                                .toArray(String[]::new))
                .output()
                .strip();
    }

    private Cloud.Run curl(String node, String url, String... options) {
        return cloud.run(
                Duration.ofSeconds(20),
                Stream.concat(
                                Stream.of("curl", "-sS", "--max-time", "4", "--connect-to", "::" + node + ":", url),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private String output(String... arguments) {
        return cloud.kubectl(arguments).succeeded().output().strip();
    }

    private String health(String group) {
        return cloud.field("targetgroup/" + group, ".status.targetHealth[*].state");
    }

    private void targets(String... instances) {
        var list = Stream.of(instances)
                .map("{\"instanceRef\": {\"name\": \"%s\"}}"::formatted)
                .collect(Collectors.joining(", "));
        patch("targetgroup/shop-web", "{\"spec\": {\"targets\": [" + list + "]}}");
    }

    private void state(String instance, String state) {
        patch("instance/" + instance, "{\"spec\": {\"state\": \"" + state + "\"}}");
    }

    private void patch(String object, String patch) {
        cloud.kubectl("-n", "lab", "patch", object, "--type=merge", "-p", patch).succeeded();
    }
}
