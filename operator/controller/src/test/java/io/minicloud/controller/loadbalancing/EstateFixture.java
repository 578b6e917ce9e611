package io.minicloud.controller.loadbalancing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import java.util.List;

/** Load balancers and what belongs to them, for pure tests; who comes first by name is older. */
public final class EstateFixture {
    private EstateFixture() {}

    /** In VPC vpc-a, with nodes in the zones a and b. */
    public static LoadBalancer balancer(String name, String type) {
        return object(name, LoadBalancer.class, """
                spec: {type: %s, subnetRefs: [{name: a}, {name: b}]}
                status:
                  vpcId: vpc-a
                  loadBalancerArn: "arn:aws:elasticloadbalancing:home-1:123456789012:loadbalancer/app/%s/0"
                  availabilityZones: [{zoneName: a}, {zoneName: b}]
                """.formatted(type, name));
    }

    public static Listener listener(String name, String balancer, int port, String group) {
        return listener(name, balancer, "HTTP", port, "{type: forward, targetGroupRef: {name: %s}}".formatted(group));
    }

    public static Listener listener(String name, String balancer, String protocol, int port, String action) {
        return object(
                name,
                Listener.class,
                "spec: {loadBalancerRef: {name: %s}, protocol: %s, port: %d, defaultActions: [%s]}"
                        .formatted(balancer, protocol, port, action));
    }

    public static ListenerRule rule(String name, String listener, int priority, String group) {
        return object(name, ListenerRule.class, """
                spec:
                  listenerRef: {name: %s}
                  priority: %d
                  conditions: [{field: path-pattern, values: ["/%s/*"]}]
                  actions: [{type: forward, targetGroupRef: {name: %s}}]
                """.formatted(listener, priority, name, group));
    }

    public static TargetGroup group(String name, String protocol, String vpcId, String targetHealth) {
        return object(name, TargetGroup.class, """
                spec:
                  vpcRef: {name: main}
                  protocol: %s
                  port: 80
                  targetType: ip
                  deregistrationDelaySeconds: 300
                  slowStartSeconds: 0
                  loadBalancingAlgorithmType: round_robin
                status: {vpcId: %s, targetHealth: [%s]}
                """.formatted(protocol, vpcId, targetHealth));
    }

    public static String target(String address, int port, String zone, String state) {
        return "{target: {id: %1$s, port: %2$d, availabilityZone: %3$s}, state: %4$s, address: %1$s}"
                .formatted(address, port, zone, state);
    }

    public static Estate estate(
            List<LoadBalancer> balancers,
            List<Listener> listeners,
            List<ListenerRule> rules,
            List<TargetGroup> groups) {
        return new Estate(balancers, listeners, rules, groups, List.of());
    }

    public static <R extends HasMetadata> R object(String name, Class<R> type, String yaml) {
        var object = Serialization.unmarshal(yaml, type);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        return object;
    }
}
