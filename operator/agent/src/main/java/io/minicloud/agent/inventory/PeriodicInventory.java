package io.minicloud.agent.inventory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the inventory again and again on a thread of its own, so that neither a slow libvirtd nor a lost API server holds up the heartbeat. */
public final class PeriodicInventory implements UnknownThings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicInventory.class);

    /** Soon, since what is unknown most often is so since before the start. */
    private static final Duration FIRST = Duration.ofSeconds(5);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("inventory").daemon().factory());
    private final Inventory inventory;
    private volatile List<UnknownThing> latest = List.of();

    /**
     * Begins to take it.
     *
     * @param inventory what is taken
     * @param interval between two times; the first is after a few seconds
     */
    public PeriodicInventory(Inventory inventory, Duration interval) {
        this.inventory = inventory;
        thread.scheduleWithFixedDelay(this::take, FIRST.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<UnknownThing> latest() {
        return latest;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** What was known stays known when it cannot be looked now. */
    private void take() {
        try {
            latest = inventory.take();
        } catch (Exception e) {
            LOG.atWarn().setCause(e).log("the inventory of this machine could not be taken; it is tried again");
        }
    }
}
