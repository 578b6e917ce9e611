package io.minicloud.agent.proxy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when a target's health or a proxy itself is no longer as it was, by a look at each a second and no process for it. */
public final class ProxyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyWatch.class);
    private static final long INTERVAL_MILLIS = 250;

    /** In looks; a proxy with a target that is new is looked at each time, since nothing reaches that until it is seen. */
    private static final int CALM = 4;

    private final Proxies proxies;
    private final Map<String, Map<String, List<?>>> seen = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("proxy-watch").daemon().factory());
    private final Looks looks = new Looks();
    private int rounds;

    /** A watch of these; {@link #keep} says of which. */
    public ProxyWatch(Proxies proxies) {
        this.proxies = proxies;
        thread.scheduleWithFixedDelay(this::lookSafely, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Calls a listener with the id of an appliance whose proxy changed, from a thread of its own. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Watches a proxy from now on, or still does. */
    public synchronized void keep(String id) {
        seen.putIfAbsent(id, Map.of());
    }

    /** Watches no more. */
    public synchronized void forget(String id) {
        seen.remove(id);
        busy.remove(id);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        looks.close();
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("proxies were not looked at; it is tried again");
        }
    }

    private void look() {
        rounds++;
        due().forEach(id -> looks.begin(id, () -> look(id)));
    }

    private void look(String id) {
        if (isNews(id, proxies.servers(id))) {
            listeners.forEach(listener -> listener.accept(id));
        }
    }

    private synchronized List<String> due() {
        return seen.keySet().stream()
                .filter(id -> rounds % CALM == 0 || busy.contains(id))
                .toList();
    }

    private synchronized boolean isNews(String id, Map<String, ProxyState.Server> now) {
        if (!seen.containsKey(id)) {
            return false;
        }
        boolean waits =
                now.values().stream().anyMatch(server -> !server.isUp() && !server.isOff() && !server.isChecked());
        if (waits) {
            busy.add(id);
        } else {
            busy.remove(id);
        }
        var told = new HashMap<String, List<?>>();
        now.forEach((name, server) -> told.put(name, List.of(server.status(), server.check(), server.code())));
        return !told.equals(seen.put(id, told));
    }
}
