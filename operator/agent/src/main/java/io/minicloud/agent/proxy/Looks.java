package io.minicloud.agent.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Looks at proxies, at each by one thread at a time, so that one that hangs holds up no other. */
final class Looks implements AutoCloseable {
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Looks at one, unless the look before has not ended. */
    void begin(String id, Runnable look) {
        if (begun.add(id)) {
            threads.execute(() -> {
                try {
                    look.run();
                } finally {
                    begun.remove(id);
                }
            });
        }
    }

    /** Does something that may have to wait for a look. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** Begins no more; what has begun ends by itself. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
