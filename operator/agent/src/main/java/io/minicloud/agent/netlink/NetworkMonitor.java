package io.minicloud.agent.netlink;

import io.minicloud.agent.network.NamespaceEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when something changes in the namespaces of a network or one of them goes, whoever did it, so that its next pass need not
 * wait for its turn. A pass that changes something is told of too; the one that follows finds nothing to do, and all is quiet.
 */
public final class NetworkMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkMonitor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** In looks: others work in the root namespace, and each of their changes would mean a pass of every gateway. */
    private static final int ROOT_INTERVAL = 5;

    private final NamespaceEntry entry;
    private final Map<String, Watched> networks = new HashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final NamespaceMonitor root;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("network-monitor").daemon().factory());
    private int looks;

    /**
     * Begins to listen; of what, {@link #keep} says.
     *
     * @param entry the way into a namespace
     * @throws IOException when the kernel tells nothing
     */
    public NetworkMonitor(NamespaceEntry entry) throws IOException {
        this(entry, INTERVAL);
    }

    /** The same, with the time between two looks. */
    NetworkMonitor(NamespaceEntry entry, Duration interval) throws IOException {
        this.entry = entry;
        this.root = NamespaceMonitor.inRoot();
        thread.scheduleWithFixedDelay(
                this::lookSafely, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What is listened to for a network.
     *
     * @param edge whether what lies in the root namespace concerns it
     * @param monitors by namespace
     * @param whole whether all else that belongs to it is there
     */
    private record Watched(boolean edge, Map<String, NamespaceMonitor> monitors, BooleanSupplier whole) {
        void close() {
            monitors.values().forEach(NamespaceMonitor::close);
        }
    }

    /** Calls a listener with the name of a network of which something changed, from a thread of its own. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /**
     * Listens from now on, or still does.
     *
     * @param network its name
     * @param namespaces its namespaces; they are there
     * @param edge whether routes and rules of the root namespace are a part of it
     * @param whole whether all else that belongs to it is there; when it no longer is, that is a change
     */
    public synchronized void keep(String network, Set<String> namespaces, boolean edge, BooleanSupplier whole) {
        var known = networks.get(network);
        var monitors = new HashMap<String, NamespaceMonitor>();
        for (var namespace : namespaces) {
            var monitor = known == null ? null : known.monitors().remove(namespace);
            if (monitor != null && isSame(monitor, namespace)) {
                monitors.put(namespace, monitor);
                continue;
            }
            if (monitor != null) {
                monitor.close();
            }
            try {
                monitors.put(namespace, NamespaceMonitor.in(entry, namespace));
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("namespace", namespace)
                        .setCause(e)
                        .log("changes by hand are found by the next pass only");
            }
        }
        if (known != null) {
            known.close();
        }
        networks.put(network, new Watched(edge, monitors, new Falling(whole)));
    }

    /** Listens no more: an open socket would keep a namespace alive that is about to go. */
    public synchronized void forget(String network) {
        var known = networks.remove(network);
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        synchronized (this) {
            networks.values().forEach(Watched::close);
            networks.clear();
            root.close();
        }
    }

    private void lookSafely() {
        try {
            changed().forEach(network -> listeners.forEach(listener -> listener.accept(network)));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("changes by hand were not looked for; it is tried again");
        }
    }

    private synchronized List<String> changed() {
        looks++;
        var atEdge = looks % ROOT_INTERVAL == 0 && root.changed();
        return networks.entrySet().stream()
                .filter(network -> isChanged(network.getValue())
                        || atEdge && network.getValue().edge())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Each is asked, since asking one is what makes it forget what it has told. */
    private boolean isChanged(Watched network) {
        var changed = !network.whole().getAsBoolean();
        for (var each : Map.copyOf(network.monitors()).entrySet()) {
            if (!isSame(each.getValue(), each.getKey())) {
                network.monitors().remove(each.getKey()).close();
                changed = true;
            } else {
                changed |= each.getValue().changed();
            }
        }
        return changed;
    }

    private boolean isSame(NamespaceMonitor monitor, String namespace) {
        try {
            return monitor.identity().equals(entry.identity(namespace));
        } catch (IOException e) {
            return false;
        }
    }

    /** False once, when what was there no longer is: what cannot be brought back is for the passes to try again. */
    private static final class Falling implements BooleanSupplier {
        private final BooleanSupplier present;
        private boolean was = true;

        Falling(BooleanSupplier present) {
            this.present = present;
        }

        @Override
        public boolean getAsBoolean() {
            var is = present.getAsBoolean();
            var falls = was && !is;
            was = is;
            return !falls;
        }
    }
}
