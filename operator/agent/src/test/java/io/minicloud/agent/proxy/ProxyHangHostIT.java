package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.http;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.targets;
import static io.minicloud.agent.proxy.Specs.to;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.proxy.ProxyFinding.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A proxy that no longer does anything, though nothing of it has ended. Needs root. */
class ProxyHangHostIT extends ProxyStory {
    /** Names of load balancers leave it out within five seconds, of which the API server and the resolvers need some. */
    private static final Duration KNOWN = Duration.ofSeconds(4);

    @Test
    void itIsKnownWithinSecondsAndServesOnAsSoonAsItGoesOn() throws Exception {
        lab.target(11);
        var spec = proxy(List.of(http(80, to(Specs.group(1)))), targets(1, address(11)));
        lab.settle(spec);
        lab.await(spec, 1, 11, "Healthy");
        var told = new AtomicInteger();
        try (var watch = new ProxyWatch(lab.proxies())) {
            watch.onChange(id -> told.incrementAndGet());
            watch.keep(lab.id());
            await().atMost(5, SECONDS)
                    .untilAtomic(told, count -> assertThat(count).isEqualTo(1));
            var processes = lab.processes();

            lab.signal("STOP", processes);

            await().atMost(KNOWN).until(() -> told.get() == 2 && lab.pass(spec).state() == State.Starting);
            lab.signal("CONT", processes);
            await().atMost(KNOWN).until(() -> told.get() == 3 && lab.pass(spec).state() == State.InForce);
            assertThat(lab.get(80, "/").body()).startsWith("target-11");
        }
    }
}
