package io.minicloud.controller.loadbalancing;

import static io.minicloud.controller.loadbalancing.EstateFixture.balancer;
import static io.minicloud.controller.loadbalancing.EstateFixture.group;
import static io.minicloud.controller.loadbalancing.EstateFixture.listener;
import static io.minicloud.controller.loadbalancing.EstateFixture.object;
import static io.minicloud.controller.loadbalancing.EstateFixture.rule;
import static io.minicloud.controller.loadbalancing.InForceFixture.edited;
import static io.minicloud.controller.loadbalancing.InForceFixture.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.Quotas;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InForceTest {
    private static final LoadBalancer WEB = balancer("web", "application");
    private static final List<TargetGroup> GROUPS =
            List.of(group("blue", "HTTP", "vpc-a", ""), group("green", "HTTP", "vpc-a", ""));

    @Test
    void anEditThatMayNotBeLeavesTheListenerAsItWas() {
        var before = told(estate(List.of(http(80), listener("other", "web", 443, "green")), List.of()));
        var nowhere = change(before, listener("http", "web", 80, "nowhere"));
        var taken = change(before, http(443));
        var fine = change(before, http(8080));

        assertThat(ports(before)).containsExactly(80, 443);
        assertThat(plan(nowhere)).isEqualTo(plan(before));
        assertThat(plan(taken)).isEqualTo(plan(before));
        assertThat(ports(fine)).containsExactly(443, 8080);
        assertThat(reason(nowhere, "http")).isEqualTo("TargetGroupNotFound");
        assertThat(reason(taken, "http")).isEqualTo("DuplicateListener");
        assertThat(reason(fine, "http")).isEmpty();
        assertThat(reason(taken, "other")).isEmpty();
        assertThat(new InForce(taken, Quotas.DEFAULT).explain(taken.listeners().getFirst(), "no"))
                .contains("stays in force");
    }

    /** Nothing of it lies in the controller's memory, and what is mended is in force. */
    @Test
    void itStaysSoUntilItIsMended() {
        var refused = told(change(told(estate(List.of(http(80)), List.of())), listener("http", "web", 81, "nowhere")));

        assertThat(ports(refused)).containsExactly(80);
        assertThat(ports(told(refused))).containsExactly(80);
        assertThat(ports(told(change(refused, http(82))))).containsExactly(82);
    }

    @Test
    void whatNeverWasInForceIsNot() {
        var before = told(estate(List.of(listener("http", "web", 80, "nowhere")), List.of()));

        assertThat(ports(before)).isEmpty();
        assertThat(ports(change(before, listener("http", "web", 81, "nowhere"))))
                .isEmpty();
        assertThat(new InForce(before, Quotas.DEFAULT)
                        .isHeldBack(before.listeners().getFirst()))
                .isFalse();
    }

    /** The port that a refused edit leaves is not free. */
    @Test
    void whoStaysKeepsItsPort() {
        var before = told(estate(List.of(http(80), listener("other", "web", 443, "green")), List.of()));
        var late = listener("a-late-one", "web", 80, "green");
        var both = change(before, http(443));
        both = new Estate(
                both.loadBalancers(),
                Stream.concat(Stream.of(late), both.listeners().stream()).toList(),
                both.rules(),
                both.targetGroups(),
                List.of());

        assertThat(plan(both)).isEqualTo(plan(before));
        assertThat(reason(both, "a-late-one")).isEqualTo("DuplicateListener");
        assertThat(plan(told(told(both)))).isEqualTo(plan(before));
    }

    /** Asked for one after the other, AWS refuses both; here both are asked for at last, and do not collide. */
    @Test
    void twoMayChangeTheirPorts() {
        var before = told(estate(List.of(http(80), listener("other", "web", 443, "green")), List.of()));
        var first = told(change(before, http(443)));

        var swapped = change(first, listener("other", "web", 80, "green"));

        assertThat(plan(first)).isEqualTo(plan(before));
        assertThat(reason(swapped, "http")).isEmpty();
        assertThat(reason(swapped, "other")).isEmpty();
        assertThat(plan(swapped)).isNotEqualTo(plan(before));
    }

    @Test
    void anEditThatMayNotBeLeavesTheRuleAsItWas() {
        var before = told(
                estate(List.of(http(80)), List.of(rule("api", "http", 10, "blue"), rule("shop", "http", 20, "green"))));
        var taken = change(before, rule("api", "http", 20, "blue"));
        var nowhere = change(before, rule("shop", "http", 30, "nowhere"));

        assertThat(priorities(before)).containsExactly(10, 20);
        assertThat(plan(taken)).isEqualTo(plan(before));
        assertThat(plan(nowhere)).isEqualTo(plan(before));
        assertThat(priorities(change(before, rule("shop", "http", 30, "green"))))
                .containsExactly(10, 30);
    }

    @Test
    void theRulesOfAListenerThatStaysAreInForce() {
        var before = told(estate(List.of(http(80)), List.of(rule("api", "http", 10, "blue"))));
        var refused = change(before, listener("http", "web", 80, "nowhere"));

        assertThat(new InForce(refused, Quotas.DEFAULT).judge(refused.rules().getFirst()))
                .isInstanceOf(Resolution.Resolved.class);
        assertThat(priorities(refused)).containsExactly(10);
    }

    @Test
    void whatIsDeletedIsGone() {
        var before = told(estate(List.of(http(80)), List.of()));
        var refused = change(before, listener("http", "web", 81, "nowhere"));
        refused.listeners().getFirst().getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");

        assertThat(ports(change(refused, refused.listeners().getFirst()))).isEmpty();
    }

    @Test
    void aTargetGroupIsUsedByWhatStaysAndByWhatIsAskedFor() {
        var before = told(estate(List.of(http(80), listener("other", "web", 443, "green")), List.of()));
        var inForce = new InForce(change(before, listener("http", "web", 443, "green")), Quotas.DEFAULT);

        assertThat(inForce.users(new LocalRef("blue")))
                .extracting(user -> user.getMetadata().getName())
                .containsExactly("http");
        assertThat(inForce.users(new LocalRef("green")))
                .extracting(user -> user.getMetadata().getName())
                .containsExactlyInAnyOrder("http", "other");
    }

    /** AWS takes no certificate that is not issued. */
    @Test
    void aListenerKeepsItsCertificateUntilTheOtherOneIsIssued() {
        var site = certificate("site", "site-certificate");
        var before = told(withCertificates(estate(List.of(https("site")), List.of()), List.of(site)));
        var edited = change(before, https("next"));
        var pending = withCertificates(edited, List.of(site, certificate("next", "null")));
        var issued = withCertificates(edited, List.of(site, certificate("next", "next-certificate")));

        assertThat(secrets(before)).containsExactly("of-site");
        assertThat(secrets(edited)).containsExactly("of-site");
        assertThat(secrets(pending)).containsExactly("of-site");
        assertThat(secrets(issued)).containsExactly("of-next");
    }

    /** Whoever has something in force keeps it or has what it asks for, and no place is taken twice. */
    @Property(tries = 300)
    void anEditTakesNothingOutOfForce(@ForAll long seed) {
        var random = new Random(seed);
        var before = told(random(random, List.of()));
        var edited = told(random(
                random,
                Stream.concat(before.listeners().stream(), before.rules().stream())
                        .toList()));
        var inForce = new InForce(edited, Quotas.DEFAULT);

        for (var web : edited.loadBalancers()) {
            assertThat(ports(edited, web)).doesNotHaveDuplicates();
            var had = new ProxyPlanner(before, Quotas.DEFAULT).plan(web, "a", Map.of());
            assertThat(ports(edited, web))
                    .hasSizeGreaterThanOrEqualTo(had.listeners().size());
            assertThat(rules(plan(edited, web)).count())
                    .isGreaterThanOrEqualTo(rules(had).count());
        }
        for (var one : edited.listeners()) {
            assertThat(inForce.isHeldBack(one)).isEqualTo(LastAccepted.differs(one));
        }
        assertThat(plan(told(edited), edited.loadBalancers().getFirst()))
                .isEqualTo(plan(edited, edited.loadBalancers().getFirst()));
    }

    private static Estate random(Random random, List<?> before) {
        var listeners = IntStream.range(0, 4)
                .mapToObj(i -> listener("l" + i, i % 2 == 0 ? "web" : "api", 80 + random.nextInt(3), anyGroup(random)))
                .map(now -> find(before, now, Listener.class)
                        .map(was -> edited(was, now))
                        .orElse(now))
                .toList();
        var rules = IntStream.range(0, 5)
                .mapToObj(i -> rule("r" + i, "l" + i % 3, 1 + random.nextInt(3), anyGroup(random)))
                .map(now -> find(before, now, ListenerRule.class)
                        .map(was -> edited(was, now))
                        .orElse(now))
                .toList();
        return new Estate(List.of(WEB, balancer("api", "application")), listeners, rules, GROUPS, List.of());
    }

    private static String anyGroup(Random random) {
        return List.of("blue", "green", "green", "nowhere").get(random.nextInt(4));
    }

    private static <R extends HasMetadata> Optional<R> find(List<?> before, R now, Class<R> type) {
        return before.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(was ->
                        was.getMetadata().getName().equals(now.getMetadata().getName()))
                .findFirst();
    }

    private static Estate told(Estate asked) {
        return InForceFixture.told(asked, Quotas.DEFAULT);
    }

    private static Estate estate(List<Listener> listeners, List<ListenerRule> rules) {
        return EstateFixture.estate(List.of(WEB), listeners, rules, GROUPS);
    }

    private static Estate withCertificates(Estate estate, List<Certificate> certificates) {
        return new Estate(
                estate.loadBalancers(), estate.listeners(), estate.rules(), estate.targetGroups(), certificates);
    }

    private static Estate change(Estate before, Listener now) {
        return new Estate(
                before.loadBalancers(),
                before.listeners().stream()
                        .map(was -> name(was).equals(name(now)) ? edited(was, now) : was)
                        .toList(),
                before.rules(),
                before.targetGroups(),
                before.certificates());
    }

    private static Estate change(Estate before, ListenerRule now) {
        return new Estate(
                before.loadBalancers(),
                before.listeners(),
                before.rules().stream()
                        .map(was -> name(was).equals(name(now)) ? edited(was, now) : was)
                        .toList(),
                before.targetGroups(),
                before.certificates());
    }

    private static Listener http(int port) {
        return listener("http", "web", port, "blue");
    }

    private static Listener https(String certificate) {
        return object("https", Listener.class, """
                spec:
                  loadBalancerRef: {name: web}
                  protocol: HTTPS
                  port: 443
                  certificateRefs: [{name: %s}]
                  defaultActions: [{type: forward, targetGroupRef: {name: blue}}]
                """.formatted(certificate));
    }

    private static Certificate certificate(String name, String secret) {
        return object(name, Certificate.class, """
                spec: {domainName: shop.lab}
                status: {certificateSecretName: %s}
                """.formatted(secret));
    }

    private static ProxySpec plan(Estate estate) {
        return plan(estate, WEB);
    }

    private static ProxySpec plan(Estate estate, LoadBalancer balancer) {
        return new ProxyPlanner(estate, Quotas.DEFAULT)
                .plan(balancer, "a", Map.of("site", "of-site", "next", "of-next"));
    }

    private static List<Integer> ports(Estate estate) {
        return ports(estate, WEB);
    }

    private static List<Integer> ports(Estate estate, LoadBalancer balancer) {
        return plan(estate, balancer).listeners().stream()
                .map(ProxyListener::port)
                .toList();
    }

    private static List<Integer> priorities(Estate estate) {
        return rules(plan(estate)).map(ProxyRule::priority).toList();
    }

    private static Stream<ProxyRule> rules(ProxySpec plan) {
        return plan.listeners().stream().flatMap(listener -> listener.rules().stream());
    }

    private static List<String> secrets(Estate estate) {
        return plan(estate).listeners().getFirst().tls().secretNames();
    }

    private static String reason(Estate estate, String listener) {
        var found = estate.listener(new LocalRef(listener)).orElseThrow();
        return switch (new InForce(estate, Quotas.DEFAULT).judge(found)) {
            case Resolution.Resolved<?> resolved -> "";
            case Resolution.Waiting<?> waiting -> waiting.reason().name();
            case Resolution.Invalid<?> invalid -> invalid.reason().name();
        };
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
