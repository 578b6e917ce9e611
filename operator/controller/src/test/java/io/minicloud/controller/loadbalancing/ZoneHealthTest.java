package io.minicloud.controller.loadbalancing;

import static io.minicloud.controller.loadbalancing.EstateFixture.balancer;
import static io.minicloud.controller.loadbalancing.EstateFixture.estate;
import static io.minicloud.controller.loadbalancing.EstateFixture.listener;
import static io.minicloud.controller.loadbalancing.EstateFixture.rule;
import static io.minicloud.controller.loadbalancing.EstateFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ZoneHealthTest {
    private final LoadBalancer network = balancer("net", "network");
    private final LoadBalancer application = balancer("web", "application");

    @Test
    void aZoneNeedsAHealthyTargetOfItsOwn() {
        var group = group("one", target("10.0.1.4", 80, "a", "unhealthy"), target("10.0.2.4", 80, "b", "healthy"));

        assertThat(healthy(network, group)).containsExactly("b");
    }

    @Test
    void acrossZonesTheTargetsOfAllCount() {
        var group = group("one", target("10.0.1.4", 80, "a", "unhealthy"), target("10.0.2.4", 80, "b", "healthy"));

        assertThat(healthy(application, group)).containsExactly("a", "b");
    }

    @Test
    void everyTargetGroupNeedsOne() {
        var well = group("one", target("10.0.1.4", 80, "a", "healthy"), target("10.0.2.4", 80, "b", "healthy"));
        var ill = group("two", target("10.0.1.4", 81, "a", "healthy"), target("10.0.2.4", 81, "b", "initial"));
        var empty = group("two");

        assertThat(healthy(network, well, ill)).containsExactly("a");
        assertThat(healthy(network, well, empty)).isEmpty();
        assertThat(healthy(network, well)).containsExactly("a", "b");
        assertThat(healthy(network)).containsExactly("a", "b");
    }

    @Test
    void theTargetGroupsOfRulesCountAndThoseOfAnotherLoadBalancerDoNot() {
        var well = group("one", target("10.0.1.4", 80, "a", "healthy"));
        var ill = group("two", target("10.0.1.5", 80, "a", "unhealthy"));
        var other = balancer("other", "application");
        var listeners = List.of(
                listener("web-http", "web", 80, "one"),
                listener("web-late", "web", 81, "two"),
                listener("other-http", "other", 80, "two"));

        var ofRule = estate(
                List.of(application),
                List.of(listener("web-http", "web", 80, "one")),
                List.of(rule("api", "web-http", 10, "two")),
                List.of(well, ill));
        assertThat(new ZoneHealth(application, ofRule).isHealthy("a")).isFalse();

        var contested = estate(List.of(application, other), listeners, List.of(), List.of(well, ill));
        assertThat(new ZoneHealth(application, contested).isHealthy("a")).isTrue();
        assertThat(new ZoneHealth(other, contested).isHealthy("a")).isFalse();
    }

    private static List<String> healthy(LoadBalancer balancer, TargetGroup... groups) {
        var name = balancer.getMetadata().getName();
        var port = new int[] {80};
        var listeners = Stream.of(groups)
                .map(group -> listener(
                        "l-" + port[0],
                        name,
                        "TCP",
                        port[0]++,
                        "{type: forward, targetGroupRef: {name: %s}}"
                                .formatted(group.getMetadata().getName())))
                .toList();
        var health = new ZoneHealth(balancer, estate(List.of(balancer), listeners, List.of(), List.of(groups)));
        return Stream.of("a", "b").filter(health::isHealthy).toList();
    }

    private static TargetGroup group(String name, String... targets) {
        return EstateFixture.group(name, "TCP", "vpc-a", String.join(", ", targets));
    }
}
