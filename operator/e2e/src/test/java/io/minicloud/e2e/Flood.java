package io.minicloud.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.minicloud.api.common.Conditioned;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Many objects at once, written as fast as the API server takes them. */
final class Flood {
    /** More than this and requests only wait for one another. */
    private static final int WRITERS = 8;

    private Flood() {}

    /** Does something for each, several at a time, and returns how long it took. */
    static <T> Duration each(List<T> things, Consumer<T> work) throws InterruptedException, ExecutionException {
        var start = System.nanoTime();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var done = things.stream()
                    .<Future<?>>map(thing -> writers.submit(() -> work.accept(thing)))
                    .toList();
            for (var one : done) {
                one.get();
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Whether a condition of an object is as it should be, for its present spec. */
    static <R extends CustomResource<?, ? extends Conditioned>> Predicate<R> says(String type, String status) {
        return object -> object.getStatus() != null
                && object.getStatus().conditions() != null
                && object.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(type)
                                && condition.status().equals(status)
                                && object.getMetadata().getGeneration().equals(condition.observedGeneration()));
    }

    /** Counts objects of a namespace until all are as they should be. */
    static final class Count<R extends HasMetadata> implements Watcher<R>, AutoCloseable {
        private final int all;
        private final Predicate<R> isSo;
        private final Set<String> so = ConcurrentHashMap.newKeySet();
        private final Watch watch;
        private volatile long last = System.nanoTime();

        Count(KubernetesClient client, Class<R> kind, String namespace, int all, Predicate<R> isSo) {
            this.all = all;
            this.isSo = isSo;
            this.watch = client.resources(kind).inNamespace(namespace).watch(this);
        }

        /** When the last of them came to be so, by {@link System#nanoTime()}. */
        long await(Duration limit) {
            Awaitility.await()
                    .atMost(limit)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> so.size() >= all);
            return last;
        }

        @Override
        public void eventReceived(Action action, R object) {
            if (action != Action.DELETED
                    && isSo.test(object)
                    && so.add(object.getMetadata().getUid())) {
                last = System.nanoTime();
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            // The count stands still, and the wait for it fails.
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
