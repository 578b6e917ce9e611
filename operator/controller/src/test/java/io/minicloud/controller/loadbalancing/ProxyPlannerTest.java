package io.minicloud.controller.loadbalancing;

import static io.minicloud.controller.loadbalancing.EstateFixture.balancer;
import static io.minicloud.controller.loadbalancing.EstateFixture.estate;
import static io.minicloud.controller.loadbalancing.EstateFixture.group;
import static io.minicloud.controller.loadbalancing.EstateFixture.listener;
import static io.minicloud.controller.loadbalancing.EstateFixture.object;
import static io.minicloud.controller.loadbalancing.EstateFixture.rule;
import static io.minicloud.controller.loadbalancing.EstateFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.controller.Quotas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyPlannerTest {
    private static final Map<String, String> SECRETS = Map.of("site", "site-1", "other", "other-2");
    private static final LoadBalancer WEB = balancer("web", "application");

    private static final TargetGroup BLUE = group(
            "blue",
            "HTTP",
            "vpc-a",
            String.join(
                    ", ",
                    target("10.0.2.9", 80, "b", "healthy"),
                    target("10.0.1.9", 8080, "a", "draining"),
                    target("10.0.1.9", 80, "a", "unhealthy"),
                    target("10.0.3.9", 80, "c", "unused"),
                    "{target: {id: i-1, port: 80, availabilityZone: a}, state: unused}"));
    private static final TargetGroup GREEN = object("green", TargetGroup.class, """
            spec:
              vpcRef: {name: main}
              protocol: HTTPS
              port: 443
              targetType: ip
              slowStartSeconds: 30
              loadBalancingAlgorithmType: round_robin
              stickiness: {type: app_cookie, cookieName: session, durationSeconds: 60}
              healthCheck: {port: "8443", path: /health, intervalSeconds: 5, timeoutSeconds: 2, healthyThresholdCount: 3, unhealthyThresholdCount: 4, matcher: 200-299}
            status: {vpcId: vpc-a}
            """);
    private static final Listener HTTP = listener(
            "http",
            "web",
            "HTTP",
            80,
            "{type: redirect, redirectConfig: {protocol: HTTPS, host: '#{host}', port: '443', path: '/#{path}', query: '#{query}', statusCode: HTTP_301}}");
    private static final Listener HTTPS = object("https", Listener.class, """
            spec:
              loadBalancerRef: {name: web}
              protocol: HTTPS
              port: 443
              certificateRefs: [{name: site}, {name: missing}, {name: other}]
              sslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-2021-06
              defaultActions:
                - type: forward
                  forwardConfig:
                    targetGroups: [{targetGroupRef: {name: blue}, weight: 90}, {targetGroupRef: {name: green}, weight: 10}]
                    targetGroupStickinessConfig: {enabled: true, durationSeconds: 3600}
            """);
    private static final ListenerRule TEAPOT = object("teapot", ListenerRule.class, """
            spec:
              listenerRef: {name: https}
              priority: 20
              conditions:
                - {field: host-header, values: ["*.shop.lab"]}
                - {field: http-header, httpHeaderConfig: {httpHeaderName: X-Beta, values: ["yes"]}}
                - {field: query-string, queryStringConfig: {values: [{key: v, value: "1"}, {value: tea}]}}
                - {field: source-ip, values: [10.0.0.0/8]}
              actions: [{type: fixed-response, fixedResponseConfig: {statusCode: "418", contentType: text/plain, messageBody: "no"}}]
            """);

    private static final List<Listener> LISTENERS = List.of(HTTPS, HTTP);
    private static final List<ListenerRule> RULES = List.of(TEAPOT, rule("api", "https", 10, "green"));
    private static final List<TargetGroup> GROUPS = List.of(GREEN, BLUE, group("idle", "HTTP", "vpc-a", ""));

    @Test
    void compilesTheGoldenNode() throws IOException {
        assertThat(tree(Serialization.asYaml(plan(WEB, LISTENERS, RULES, GROUPS))))
                .isEqualTo(tree(golden()));
    }

    @Test
    void theOrderOfWhatIsReadDoesNotMatter() {
        assertThat(Serialization.asYaml(plan(WEB, LISTENERS.reversed(), RULES.reversed(), GROUPS.reversed())))
                .isEqualTo(Serialization.asYaml(plan(WEB, LISTENERS, RULES, GROUPS)));
    }

    @Test
    void whatIsRefusedIsLeftOutAndTheRestStays() {
        var duplicate = listener("later", "web", 80, "idle");
        var homeless = rule("homeless", "nowhere", 1, "idle");
        var lost = rule("lost", "https", 30, "nowhere");

        assertThat(plan(
                        WEB,
                        List.of(HTTPS, HTTP, duplicate),
                        List.of(TEAPOT, rule("api", "https", 10, "green"), homeless, lost),
                        GROUPS))
                .isEqualTo(plan(WEB, LISTENERS, RULES, GROUPS));
    }

    @Test
    void aListenerWithoutAnyOfItsCertificatesIsLeftOut() {
        var without = new ProxyPlanner(estate(List.of(WEB), LISTENERS, RULES, GROUPS), Quotas.DEFAULT)
                .plan(WEB, "a", Map.of());

        assertThat(without.listeners()).extracting(ProxyListener::port).containsExactly(80);
        assertThat(without.targetGroups()).isEmpty();
        assertThat(new ProxyPlanner(estate(List.of(WEB), LISTENERS, RULES, GROUPS), Quotas.DEFAULT).certificates(WEB))
                .containsExactly("missing", "other", "site");
    }

    /** AWS: the nodes of a network load balancer hand on to the targets of their own zone only, if not told otherwise. */
    @Test
    void aNetworkLoadBalancerStaysInItsZones() {
        var network = balancer("web", "network");
        var group = group(
                "blue",
                "TCP",
                "vpc-a",
                target("10.0.1.9", 80, "a", "healthy") + ", " + target("10.0.2.9", 80, "b", "healthy"));
        var listener = listener("tcp", "web", "TCP", 80, "{type: forward, targetGroupRef: {name: blue}}");

        var plan = plan(network, List.of(listener), List.of(), List.of(group));

        assertThat(addresses(plan)).containsExactly("10.0.1.9");
        assertThat(plan.idleTimeoutSeconds()).isEqualTo(350);
        assertThat(plan.targetGroups().getFirst().healthCheck())
                .isEqualTo(new ProxyTargetGroup.HealthCheck("TCP", null, null, null, 30, 10, 5, 2));
        var everywhere = object("web", LoadBalancer.class, """
                spec: {type: network, subnetRefs: [{name: a}], attributes: {crossZone: true}}
                status: {vpcId: vpc-a, availabilityZones: [{zoneName: a}, {zoneName: b}]}
                """);
        assertThat(addresses(plan(everywhere, List.of(listener), List.of(), List.of(group))))
                .containsExactly("10.0.1.9", "10.0.2.9");
    }

    /** AWS: "you can override the default by explicitly turning cross-zone load balancing on or off at the target group level". */
    @ParameterizedTest
    @CsvSource({
        "application, false, 10.0.1.9",
        "application, true, 10.0.1.9 10.0.2.9",
        "network, false, 10.0.1.9",
        "network, true, 10.0.1.9 10.0.2.9"
    })
    void aTargetGroupSaysWhetherItReachesOverZones(String type, boolean crossZone, String reached) {
        var protocol = type.equals("network") ? "TCP" : "HTTP";
        var group = object("blue", TargetGroup.class, """
                spec: {vpcRef: {name: main}, protocol: %s, port: 80, targetType: ip, slowStartSeconds: 0, loadBalancingAlgorithmType: round_robin, crossZone: %s}
                status: {vpcId: vpc-a, targetHealth: [%s, %s]}
                """.formatted(
                protocol, crossZone, target("10.0.1.9", 80, "a", "healthy"), target("10.0.2.9", 80, "b", "healthy")));
        var listener = listener("l", "web", protocol, 80, "{type: forward, targetGroupRef: {name: blue}}");

        assertThat(addresses(plan(balancer("web", type), List.of(listener), List.of(), List.of(group))))
                .containsExactly(reached.split(" "));
    }

    @Test
    void aTargetIsToldOfTheClientWhenItsGroupSaysSo() {
        var listener = listener("tcp", "web", "TCP", 80, "{type: forward, targetGroupRef: {name: blue}}");
        var silent = ofTcp("targetType: ip, proxyProtocolV2: false");
        var telling = ofTcp("targetType: ip, proxyProtocolV2: true");
        var network = balancer("web", "network");

        assertThat(plan(network, List.of(listener), List.of(), List.of(telling))
                        .targetGroups()
                        .getFirst()
                        .proxyProtocol())
                .isTrue();
        assertThat(plan(network, List.of(listener), List.of(), List.of(silent))
                        .targetGroups()
                        .getFirst()
                        .proxyProtocol())
                .isNull();
    }

    /** AWS: enabled for targets of type instance, disabled for those of type ip, if not told otherwise. */
    @ParameterizedTest
    @CsvSource({
        "'targetType: instance', true",
        "'targetType: ip',",
        "'targetType: instance, preserveClientIp: false',",
        "'targetType: ip, preserveClientIp: true', true"
    })
    void targetsSeeTheClientAsInAws(String attributes, Boolean preserves) {
        var listener = listener("tcp", "web", "TCP", 80, "{type: forward, targetGroupRef: {name: blue}}");

        assertThat(plan(balancer("web", "network"), List.of(listener), List.of(), List.of(ofTcp(attributes)))
                        .targetGroups()
                        .getFirst()
                        .preserveClientAddress())
                .isEqualTo(preserves);
    }

    /** AWS: targets of UDP always see the client, and are checked by TCP if not told otherwise. */
    @Test
    void datagramsAreHandedOnToTargetsThatAreChecked() {
        var listener = listener("dns", "web", "UDP", 53, "{type: forward, targetGroupRef: {name: blue}}");
        var group = group("blue", "UDP", "vpc-a", target("10.0.1.9", 53, "a", "healthy"));

        var plan = plan(balancer("web", "network"), List.of(listener), List.of(), List.of(group));

        assertThat(plan.listeners()).extracting(ProxyListener::protocol).containsExactly("UDP");
        assertThat(plan.targetGroups().getFirst().healthCheck().protocol()).isEqualTo("TCP");
        assertThat(plan.preservesClientAddresses()).isTrue();
    }

    private static TargetGroup ofTcp(String attributes) {
        return object("blue", TargetGroup.class, """
                spec: {vpcRef: {name: main}, protocol: TCP, port: 80, slowStartSeconds: 0, loadBalancingAlgorithmType: round_robin, %s}
                status: {vpcId: vpc-a}
                """.formatted(attributes));
    }

    /** An object that etcd takes may have 1.5 MiB. */
    @Test
    void manyRulesAndTargetsStaySmall() {
        var targets = IntStream.range(0, 500)
                .mapToObj(i -> target("10.0.%d.%d".formatted(i / 250, i % 250 + 1), 65535, "a", "healthy"))
                .collect(Collectors.joining(", "));
        var rules = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> rule("r" + i, "http", i, "blue"))
                .toList();
        var planner = new ProxyPlanner(
                estate(
                        List.of(WEB),
                        List.of(listener("http", "web", 80, "blue")),
                        rules,
                        List.of(group("blue", "HTTP", "vpc-a", targets))),
                new Quotas(60, 20, 500, 5, 5, 5, 50, 3000, 50, 200, 1000, 10));

        var plan = planner.plan(WEB, "a", Map.of());

        assertThat(plan.listeners().getFirst().rules())
                .extracting(ProxyRule::priority)
                .hasSize(200)
                .isSorted();
        assertThat(plan.targetGroups().getFirst().targets()).hasSize(500);
        assertThat(Serialization.asJson(plan).length()).isLessThan(100 * 1024);
    }

    private static ProxySpec plan(
            LoadBalancer balancer, List<Listener> listeners, List<ListenerRule> rules, List<TargetGroup> groups) {
        return new ProxyPlanner(estate(List.of(balancer), listeners, rules, groups), Quotas.DEFAULT)
                .plan(balancer, "a", SECRETS);
    }

    private static List<String> addresses(ProxySpec plan) {
        return plan.targetGroups().getFirst().targets().stream()
                .map(ProxyTargetGroup.Target::address)
                .toList();
    }

    private static JsonNode tree(String yaml) {
        return Serialization.unmarshal(yaml, JsonNode.class);
    }

    private static String golden() throws IOException {
        try (var stream = ProxyPlannerTest.class.getResourceAsStream("out-node.yaml")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
