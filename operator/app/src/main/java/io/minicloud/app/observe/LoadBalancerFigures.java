package io.minicloud.app.observe;

import io.minicloud.agent.proxy.Figure;
import io.minicloud.agent.proxy.ProxyFigures;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.SummaryMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The figures of this host's load balancers for Prometheus, under CloudWatch's names and dimensions. They are asked for when it reads
 * them, so that a load balancer that goes leaves nothing.
 */
public final class LoadBalancerFigures extends Collector {
    private static final List<String> OF_LOAD_BALANCER = List.of("LoadBalancer", "AvailabilityZone");
    private static final List<String> OF_TARGET_GROUP = List.of("LoadBalancer", "AvailabilityZone", "TargetGroup");

    private final Supplier<List<ProxyFigures>> figures;

    /**
     * Of these.
     *
     * @param figures asked at each reading; it answers at once
     */
    public LoadBalancerFigures(Supplier<List<ProxyFigures>> figures) {
        this.figures = figures;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var now = figures.get();
        var families = new ArrayList<MetricFamilySamples>();
        for (var metric : CloudWatchMetric.ALL) {
            families.add(family(metric, now));
        }
        families.add(responseTime(now));
        return families;
    }

    private static MetricFamilySamples family(CloudWatchMetric metric, List<ProxyFigures> now) {
        var help = metric.namespace() + " " + metric.name();
        var labels = metric.ofTargetGroup() ? OF_TARGET_GROUP : OF_LOAD_BALANCER;
        if (metric.counts()) {
            var family = new CounterMetricFamily(metric.prometheusName(), help, labels);
            add(metric, now, family::addMetric);
            return family;
        }
        var family = new GaugeMetricFamily(metric.prometheusName(), help, labels);
        add(metric, now, family::addMetric);
        return family;
    }

    private static void add(CloudWatchMetric metric, List<ProxyFigures> now, BiConsumer<List<String>, Double> family) {
        for (var proxy : now) {
            if (!metric.isOf(proxy.name())) {
                continue;
            }
            if (metric.ofTargetGroup()) {
                proxy.targetGroups().forEach((name, values) -> {
                    if (values.containsKey(metric.figure())) {
                        family.accept(labels(proxy, name), values.get(metric.figure()));
                    }
                });
            } else if (proxy.values().containsKey(metric.figure())) {
                family.accept(labels(proxy), proxy.values().get(metric.figure()));
            }
        }
    }

    private static MetricFamilySamples responseTime(List<ProxyFigures> now) {
        var family = new SummaryMetricFamily(
                CloudWatchMetric.RESPONSE_TIME, "AWS/ApplicationELB TargetResponseTime", OF_TARGET_GROUP);
        for (var proxy : now) {
            if (CloudWatchMetric.isTimed(proxy.name())) {
                proxy.targetGroups()
                        .forEach((name, values) -> family.addMetric(
                                labels(proxy, name),
                                values.getOrDefault(Figure.RESPONSES, 0.0),
                                values.getOrDefault(Figure.RESPONSE_SECONDS, 0.0)));
            }
        }
        return family;
    }

    private static List<String> labels(ProxyFigures proxy) {
        return List.of(proxy.name(), proxy.availabilityZone());
    }

    private static List<String> labels(ProxyFigures proxy, String targetGroup) {
        return List.of(proxy.name(), proxy.availabilityZone(), targetGroup);
    }
}
