package io.minicloud.reconcile.client;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Indexer;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gives one informer to all who watch the same objects. Every reconciler watches what it depends on, and the framework makes
 * an informer for each: five connections, caches and parsers for every subnet. From 5.6 on it shares by itself
 * (java-operator-sdk 3325); then this goes.
 *
 * <p>An index belongs to a kind: of two functions under one name the first is taken.
 */
public final class SharedInformers {
    private final Map<Watched, Shared> informers = new HashMap<>();

    private SharedInformers() {}

    /** A client that does what this one does and shares its informers. */
    public static KubernetesClient of(KubernetesClient client) {
        var sharing = new SharedInformers();
        return Delegate.of(KubernetesClient.class, (proxy, method, arguments) -> {
            var result = Delegate.call(client, method, arguments);
            return result instanceof MixedOperation<?, ?, ?>
                            && method.getName().equals("resources")
                            && arguments.length == 1
                    ? sharing.operation(MixedOperation.class, result, new Watched((Class<?>) arguments[0], ""))
                    : result;
        });
    }

    /** What an informer watches: a kind, everywhere or in a namespace. */
    private record Watched(Class<?> kind, String namespace) {}

    /** An informer and how many use it. */
    private static final class Shared {
        private final SharedIndexInformer<?> informer;
        private final AtomicBoolean handlesExceptions = new AtomicBoolean();
        private int users;

        private Shared(SharedIndexInformer<?> informer) {
            this.informer = informer;
        }
    }

    private <T> T operation(Class<T> type, Object target, Watched watched) {
        return Delegate.of(type, (proxy, method, arguments) -> {
            var result = Delegate.call(target, method, arguments);
            return switch (method.getName()) {
                case "inAnyNamespace" -> operation(AnyNamespaceOperation.class, result, watched);
                case "inNamespace" ->
                    operation(NonNamespaceOperation.class, result, new Watched(watched.kind, (String) arguments[0]));
                // One with a selector sees other objects.
                case "withLabelSelector" ->
                    arguments[0] == null ? operation(FilterWatchListDeletable.class, result, watched) : result;
                case "runnableInformer" -> share(watched, (SharedIndexInformer<?>) result);
                default -> result;
            };
        });
    }

    /** The informer that is there; else this one, which was only made and does not run yet. */
    private synchronized SharedIndexInformer<?> share(Watched watched, SharedIndexInformer<?> made) {
        var shared = informers.computeIfAbsent(watched, kind -> new Shared(made));
        shared.users++;
        var stopped = new AtomicBoolean();
        return Delegate.of(SharedIndexInformer.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "stop", "close" -> {
                if (!stopped.getAndSet(true)) {
                    leave(watched, shared);
                }
                yield null;
            }
            // One says it for all, as they are of one framework; once it runs, it is refused.
            case "exceptionHandler" ->
                shared.handlesExceptions.getAndSet(true) ? proxy : fluent(proxy, shared, method, arguments);
            case "getIndexer" -> indexer(shared);
            default -> fluent(proxy, shared, method, arguments);
        });
    }

    private static @Nullable Object fluent(Object proxy, Shared shared, Method method, Object @Nullable [] arguments)
            throws Throwable {
        var result = Delegate.call(shared.informer, method, arguments);
        return result == shared.informer ? proxy : result;
    }

    private synchronized void leave(Watched watched, Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            informers.remove(watched);
            shared.informer.stop();
        }
    }

    private static Indexer<?> indexer(Shared shared) {
        var indexer = shared.informer.getIndexer();
        return Delegate.of(Indexer.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("addIndexers")) {
                return Delegate.call(indexer, method, arguments);
            }
            synchronized (shared) {
                var added = new HashMap<>((Map<?, ?>) arguments[0]);
                added.keySet().removeAll(indexer.getIndexers().keySet());
                return Delegate.call(indexer, method, new Object[] {added});
            }
        });
    }
}
