package io.minicloud.app.observe;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The framework's own figures, for Prometheus. */
@Singleton
public class MetricsWiring {
    // An event of a timer has no action, one of a watch has; see MicrometerMetricsV2.eventReceived.
    private static final String EVENTS = "events.received";
    private static final List<String> TAGS = List.of("event", "action");

    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    /** What Prometheus reads: one, which who has figures of his own adds them to; Quarkus makes another for each who asks. */
    @Produces
    @Singleton
    CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    @Produces
    @Singleton
    MeterFilter sameTags() {
        return new SameTags();
    }

    /**
     * Prometheus refuses a meter of which some series have a tag that others lack, and the refusal would end the
     * framework's timer: nothing would ever be rescheduled again. So the missing tags are added, empty.
     */
    static final class SameTags implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id id) {
            if (!id.getName().equals(EVENTS)) {
                return id;
            }
            var present = StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
                    .map(Tag::getKey)
                    .collect(Collectors.toSet());
            var missing = TAGS.stream()
                    .filter(tag -> !present.contains(tag))
                    .map(tag -> Tag.of(tag, ""))
                    .toList();
            return missing.isEmpty() ? id : id.replaceTags(Tags.concat(id.getTagsAsIterable(), missing));
        }
    }
}
