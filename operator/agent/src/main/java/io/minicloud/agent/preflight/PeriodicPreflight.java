package io.minicloud.agent.preflight;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machine again and again on a thread of its own, so that no slow program holds up the heartbeat. A machine
 * that cannot run instances is looked at more often: what was mended shall count soon, and it has nothing else to do.
 */
public final class PeriodicPreflight implements Findings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicPreflight.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("preflight").daemon().factory());
    private final MachineProbe probe;
    private final Preflight preflight;
    private final Pace pace;
    private volatile @Nullable List<Finding> latest;

    /**
     * How often it looks.
     *
     * @param usual between two looks
     * @param blocked between two looks while no instance can run
     */
    public record Pace(Duration usual, Duration blocked) {}

    /**
     * Begins to look at once.
     *
     * @param probe looks at the machine
     * @param preflight says what that means
     * @param pace how often
     */
    public PeriodicPreflight(MachineProbe probe, Preflight preflight, Pace pace) {
        this.probe = probe;
        this.preflight = preflight;
        this.pace = pace;
        thread.execute(this::look);
    }

    @Override
    public Optional<List<Finding>> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** What was known stays known when it cannot be looked now. */
    private void look() {
        try {
            latest = preflight.assess(probe.observe());
        } catch (Exception e) {
            LOG.atWarn().setCause(e).log("this machine could not be looked at; it is tried again");
        }
        var blocked = latest().stream().flatMap(List::stream).anyMatch(Finding::blocks);
        if (!thread.isShutdown()) {
            thread.schedule(this::look, (blocked ? pace.blocked() : pace.usual()).toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
