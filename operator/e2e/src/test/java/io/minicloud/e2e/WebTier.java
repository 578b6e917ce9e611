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
import javax.naming.NamingException;

/** The web tier of the examples: a load balancer that ends TLS over two zones, asked by curl from outside of the VPC. */
final class WebTier {
    private static final String FILE = "docs/examples/web-tier.yaml";
    private static final String RELEASE = "docs/examples/blue-green.yaml";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** After so long who asks the resolver no longer gets a node that does not answer, or gets it again. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(5);

    /** Of the pool, as the guide has it. */
    private static final String RESOLVER = "203.0.113.63";

    private static final int REQUESTS = 20;
    private static final int UNTRUSTED = 60;
    private static final int VISITS = 100;

    private final Cloud cloud;
    private final Path folder;
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
        this.folder = folder;
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

    /** Two versions share the visitors as their weights say, and who has a cookie comes back to the same server. */
    void releasesByWeightAndKeepsItsMembers() {
        cloud.kubectl("apply", "-f", RELEASE).succeeded();
        cloud.kubectl(
                        "-n",
                        "lab",
                        "wait",
                        "--for=condition=Ready",
                        "--timeout=60s",
                        "listenerrule/shop-release",
                        "listenerrule/shop-members")
                .succeeded();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health("shop-green") + " " + health("shop-members"))
                .isEqualTo("healthy healthy healthy"));
        var node = nodes.getFirst();
        var blue = IntStream.range(0, VISITS)
                .filter(number -> ask(node, "https://release.shop.lab/").equals("server 1"))
                .count();
        // Four of five; by mere chance it would be out of these bounds once in a million releases.
        assertThat(blue).isBetween(60L, 95L);
        weights(0, 1);
        await().atMost(PATIENCE)
                .until(() -> answers(node, "https://release.shop.lab/").equals(Set.of("server 2")));

        assertThat(answers(node, "https://members.shop.lab/"))
                .as("without a cookie")
                .hasSize(2);
        var jar = folder.resolve("member").toString();
        var mine = ask(node, "https://members.shop.lab/", "-c", jar);
        for (var other : nodes) {
            assertThat(answers(other, "https://members.shop.lab/", "-b", jar)).containsExactly(mine);
        }
        cloud.kubectl("delete", "--timeout=90s", "-f", RELEASE).succeeded();
    }

    /** It speaks the versions of its policy and no older one. */
    void speaksTheTlsOfItsPolicy() {
        assertThat(handshake("-tls1_3").output()).contains("Verification: OK", "TLSv1.3");
        assertThat(handshake("-tls1_2").output()).contains("Verification: OK", "TLSv1.2");
        assertThat(handshake("-tls1_1").output()).doesNotContain("Verification: OK");
    }

    /** What is protected is not deleted, until the protection is taken away. */
    void staysWhileItIsProtected() {
        patch("loadbalancer/shop", "{\"spec\": {\"attributes\": {\"deletionProtection\": true}}}");
        var refused = cloud.kubectl("-n", "lab", "delete", "--wait=false", "loadbalancer/shop");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.output()).contains("deletionProtection");
        patch("loadbalancer/shop", "{\"spec\": {\"attributes\": {\"deletionProtection\": false}}}");
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
        var programs = namespaces().flatMap(this::programs).toList();
        assertThat(programs).hasSizeGreaterThanOrEqualTo(nodes.size());
        signal("KILL", programs);
        for (var node : nodes) {
            assertThat(ask(node, "https://shop.lab/", "--retry", "5", "--retry-connrefused"))
                    .matches("(?s).*server [12]");
        }
    }

    /** Who asks for its name is not led to a node that hangs, and is again when that goes on. */
    void isFoundByNameWhereItServes() throws NamingException {
        patch("addresspool/public", "{\"spec\": {\"dnsAddress\": \"" + RESOLVER + "\"}}");
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(addresses())
                .containsExactlyInAnyOrderElementsOf(nodes));
        var programs = programs(namespaces().findFirst().orElseThrow()).toList();
        signal("STOP", programs);
        try {
            await().atMost(FORGOTTEN).until(() -> addresses().size() == 1);
            var serving = addresses().getFirst();
            assertThat(ask(serving, "https://shop.lab/")).matches("server [12]");
        } finally {
            signal("CONT", programs);
        }
        await().atMost(FORGOTTEN).until(() -> addresses().size() == nodes.size());
        patch("addresspool/public", "{\"spec\": {\"dnsAddress\": null}}");
    }

    /** Takes all of it away. */
    void delete() {
        cloud.kubectl("delete", "--timeout=180s", "--ignore-not-found", "-f", FILE)
                .succeeded();
    }

    private List<String> addresses() throws NamingException {
        return PublicResolver.addresses(RESOLVER, cloud.field("loadbalancer/shop", ".status.dnsName"));
    }

    private Stream<String> namespaces() {
        return Stream.of(output(
                        "get",
                        "hostappliances",
                        "-A",
                        "-l",
                        "minicloud.io/owner-kind=loadbalancer",
                        "-o",
                        "jsonpath={.items[*].status.networkNamespace}")
                .split(" "));
    }

    private Stream<String> programs(String namespace) {
        return cloud.run(Duration.ofSeconds(10), "ip", "netns", "pids", namespace)
                .succeeded()
                .output()
                .lines();
    }

    private void signal(String name, List<String> programs) {
        cloud.run(
                Duration.ofSeconds(10),
                Stream.concat(Stream.of("kill", "-" + name), programs.stream()).toArray(String[]::new));
    }

    private Set<String> answers(String node, String url, String... options) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(number -> ask(node, url, options))
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

    /** As a client that would take any version. */
    private Cloud.Run handshake(String version) {
        return cloud.run(
                Duration.ofSeconds(20),
                "openssl",
                "s_client",
                "-brief",
                version,
                "-cipher",
                "DEFAULT@SECLEVEL=0",
                "-connect",
                nodes.getFirst() + ":443",
                "-servername",
                "shop.lab",
                "-CAfile",
                authority.toString());
    }

    private void weights(int blue, int green) {
        patch("listenerrule/shop-release", """
                {"spec": {"actions": [{"type": "forward", "forwardConfig": {"targetGroups": [
                  {"targetGroupRef": {"name": "shop-blue"}, "weight": %d},
                  {"targetGroupRef": {"name": "shop-green"}, "weight": %d}]}}]}}""".formatted(blue, green));
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
