package io.minicloud.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;

class SameTagsTest {
    private final MetricsWiring.SameTags filter = new MetricsWiring.SameTags();

    @Test
    void anEventOfATimerHasTheTagsOfAnEventOfAWatch() {
        var watch = filter.map(events(Tags.of("event", "ResourceEvent", "action", "UPDATED")));
        var timer = filter.map(events(Tags.of("event", "Event")));

        assertThat(timer.getTags()).extracting(Tag::getKey).isEqualTo(keys(watch));
    }

    @Test
    void otherMetersAreLeftAlone() {
        var id = new Meter.Id("jvm.threads", Tags.of("state", "new"), null, null, Meter.Type.GAUGE);

        assertThat(filter.map(id)).isSameAs(id);
    }

    private static java.util.List<String> keys(Meter.Id id) {
        return id.getTags().stream().map(Tag::getKey).toList();
    }

    private static Meter.Id events(Tags tags) {
        return new Meter.Id("events.received", tags, null, null, Meter.Type.COUNTER);
    }
}
