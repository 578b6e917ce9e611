package io.minicloud.app.observe;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The framework's own figures, for Prometheus. */
@Singleton
public class MetricsWiring {
    private static final String FRAMEWORK_PREFIX = "operator.sdk";
    private static final List<String> TAGS = List.of("controller.name", "namespace");

    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    @Produces
    @Singleton
    MeterFilter sameTags() {
        return new SameTags();
    }

    /** Prometheus refuses a meter of which some series have a tag that others lack: the missing ones are added, empty. */
    static final class SameTags implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id id) {
            if (!id.getName().startsWith(FRAMEWORK_PREFIX)) {
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
