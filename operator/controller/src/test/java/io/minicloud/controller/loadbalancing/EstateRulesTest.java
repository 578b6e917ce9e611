package io.minicloud.controller.loadbalancing;

import static io.minicloud.controller.loadbalancing.EstateFixture.balancer;
import static io.minicloud.controller.loadbalancing.EstateFixture.estate;
import static io.minicloud.controller.loadbalancing.EstateFixture.group;
import static io.minicloud.controller.loadbalancing.EstateFixture.listener;
import static io.minicloud.controller.loadbalancing.EstateFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.controller.Quotas;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstateRulesTest {
    private static final Quotas TWO = new Quotas(60, 20, 500, 5, 5, 5, 50, 2, 2, 2, 2, 10);

    @Test
    void aListenerLeadsToItsLoadBalancer() {
        var web = balancer("web", "application");
        var http = listener("http", "web", 80, "web");
        var rules = rules(estate(List.of(web), List.of(http), List.of(), List.of(web())), Quotas.DEFAULT);

        assertThat(rules.judge(http)).isEqualTo(new Resolution.Resolved<>(web));
    }

    /** AWS: an application load balancer speaks HTTP and HTTPS, a network load balancer TCP, TLS and UDP. */
    @ParameterizedTest
    @CsvSource({
        "application, HTTP, HTTP, ",
        "application, HTTP, HTTPS, ",
        "application, HTTPS, HTTP, ",
        "application, HTTP, TCP, InvalidConfigurationRequest",
        "application, TCP, TCP, UnsupportedProtocol",
        "application, TLS, TLS, UnsupportedProtocol",
        "network, TCP, TCP, ",
        "network, TLS, TCP, ",
        "network, TLS, TLS, ",
        "network, TCP, TLS, InvalidConfigurationRequest",
        "network, TCP, HTTP, InvalidConfigurationRequest",
        "application, UDP, UDP, UnsupportedProtocol",
        "network, UDP, UDP, ",
        "network, UDP, TCP, InvalidConfigurationRequest",
        "network, TCP, UDP, InvalidConfigurationRequest",
        "network, TLS, UDP, InvalidConfigurationRequest",
        "network, HTTP, HTTP, UnsupportedProtocol"
    })
    void protocolsGoTogetherAsInAws(String type, String protocol, String ofGroup, String reason) {
        var listener = listener("x", "web", protocol, 80, "{type: forward, targetGroupRef: {name: web}}");
        var rules = rules(
                estate(
                        List.of(balancer("web", type)),
                        List.of(listener),
                        List.of(),
                        List.of(group("web", ofGroup, "vpc-a", ""))),
                Quotas.DEFAULT);

        assertThat(reason(rules.judge(listener))).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void aLoadBalancerHasNoMoreThanItsQuotas() {
        var web = balancer("web", "application");
        var listeners = listeners(3);
        var ofRules = List.of(rule("r1", "l0", 1, "web"), rule("r2", "l1", 1, "web"), rule("r3", "l0", 2, "web"));
        var rules = rules(estate(List.of(web), listeners, ofRules, List.of(web())), TWO);

        assertThat(listeners)
                .extracting(one -> reason(rules.judge(one)))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("TooManyListeners"));
        assertThat(ofRules)
                .extracting(one -> reason(rules.judge(one)))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("TooManyRules"));
        assertThat(message(rules.judge(listeners.get(2)))).contains("quotas.listenersPerLoadBalancer");
        assertThat(message(rules.judge(ofRules.get(2)))).contains("quotas.rulesPerLoadBalancer");
    }

    @Test
    void anAccountHasNoMoreTargetGroupsThanItsQuota() {
        var groups = List.of(
                group("g1", "HTTP", "vpc-a", ""), group("g2", "HTTP", "vpc-a", ""), group("g3", "HTTP", "vpc-a", ""));
        var rules = rules(estate(List.of(), List.of(), List.of(), groups), TWO);

        assertThat(groups)
                .extracting(one -> reason(rules.withinQuota(one)))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("TooManyTargetGroups"));
    }

    @Test
    void aLoadBalancerHasAHundredTargetGroups() {
        var groups = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> group("g%03d".formatted(i), "HTTP", "vpc-a", ""))
                .toList();
        var web = balancer("web", "application");
        var http =
                listener("http", "web", "HTTP", 80, "{type: fixed-response, fixedResponseConfig: {statusCode: '404'}}");
        var ofRules = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> rule("r%03d".formatted(i), "http", i + 1, "g%03d".formatted(i)))
                .toList();
        var rules = rules(
                estate(List.of(web), List.of(http), ofRules, groups),
                new Quotas(60, 20, 500, 5, 5, 5, 50, 3000, 50, 200, 1000, 10));

        assertThat(reason(rules.judge(ofRules.get(99)))).isEmpty();
        assertThat(reason(rules.judge(ofRules.get(100)))).contains("TooManyUniqueTargetGroupsPerLoadBalancer");
    }

    /** The junior group gets what the senior one leaves. */
    @Test
    void theTargetsOfALoadBalancerHaveOneQuota() {
        var web = balancer("web", "application");
        var senior = group("a", "HTTP", "vpc-a", "");
        var junior = group("b", "HTTP", "vpc-a", "");
        senior = EstateFixture.object("a", TargetGroup.class, """
                spec: {vpcRef: {name: main}, protocol: HTTP, port: 80, targets: [{id: 10.0.0.1}]}
                status: {vpcId: vpc-a}
                """);
        var rules = rules(
                estate(
                        List.of(web),
                        List.of(listener("l0", "web", 80, "a"), listener("l1", "web", 81, "b")),
                        List.of(),
                        List.of(junior, senior)),
                TWO);

        assertThat(rules.room(senior, rules.user(senior))).isEqualTo(2);
        assertThat(rules.room(junior, rules.user(junior))).isEqualTo(1);
    }

    @Test
    void whoIsRefusedUsesNoTargetGroup() {
        var web = balancer("web", "application");
        var first = listener("first", "web", 80, "web");
        var second = listener("second", "web", 80, "other");
        var other = group("other", "HTTP", "vpc-a", "");
        var rules =
                rules(estate(List.of(web), List.of(first, second), List.of(), List.of(web(), other)), Quotas.DEFAULT);

        assertThat(rules.user(web())).contains(web);
        assertThat(reason(rules.judge(second))).contains("DuplicateListener");
        assertThat(rules.user(other)).isEmpty();
    }

    @Test
    void aLoadBalancerThatGoesTakesNoNewListeners() {
        var web = balancer("web", "application");
        var asked = estate(List.of(web), List.of(listener("http", "web", 80, "web")), List.of(), List.of(web()));
        var accepted = InForceFixture.told(asked, Quotas.DEFAULT);
        web.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");

        assertThat(reason(rules(asked, Quotas.DEFAULT).judge(asked.listeners().getFirst())))
                .contains("LoadBalancerNotFound");
        assertThat(reason(rules(accepted, Quotas.DEFAULT)
                        .judge(accepted.listeners().getFirst())))
                .isEmpty();
    }

    @Test
    void whatIsBeingDeletedIsInNobodysWay() {
        var web = balancer("web", "application");
        var first = listener("first", "web", 80, "web");
        var second = listener("second", "web", 80, "web");
        first.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");
        var rules = rules(estate(List.of(web), List.of(first, second), List.of(), List.of(web())), Quotas.DEFAULT);

        assertThat(reason(rules.judge(second))).isEmpty();
    }

    private static List<Listener> listeners(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> listener("l" + i, "web", 80 + i, "web"))
                .toList();
    }

    private static TargetGroup web() {
        return group("web", "HTTP", "vpc-a", "");
    }

    private static EstateRules rules(Estate estate, Quotas quotas) {
        return new EstateRules(estate, quotas);
    }

    private static Optional<String> reason(Resolution<?> resolution) {
        return switch (resolution) {
            case Resolution.Resolved<?> resolved -> Optional.empty();
            case Resolution.Waiting<?> waiting -> Optional.of(waiting.reason().name());
            case Resolution.Invalid<?> invalid -> Optional.of(invalid.reason().name());
        };
    }

    private static String message(Resolution<?> resolution) {
        return switch (resolution) {
            case Resolution.Resolved<?> resolved -> "";
            case Resolution.Waiting<?> waiting -> waiting.message();
            case Resolution.Invalid<?> invalid -> invalid.message();
        };
    }
}
