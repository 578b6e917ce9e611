package io.minicloud.agent.proxy;

import java.util.Map;

/**
 * The figures of a proxy, a second old at the most. What is not known is not there.
 *
 * @param name of the load balancer, for example app/web/0123456789abcdef
 * @param availabilityZone in which it stands; empty when nobody said
 * @param values of the whole
 * @param targetGroups of each target group, by the name that figures call it by
 */
public record ProxyFigures(
        String name,
        String availabilityZone,
        Map<Figure, Double> values,
        Map<String, Map<Figure, Double>> targetGroups) {
    /** Keeps immutable copies. */
    public ProxyFigures {
        values = Map.copyOf(values);
        targetGroups = Map.copyOf(targetGroups);
    }
}
