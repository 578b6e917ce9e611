package io.minicloud.controller.resolver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a reconciler knows of a kind without asking the API server. Reads see the reconciler's own last writes; an index
 * may lack an object that it has just created.
 *
 * @param <R> the kind
 */
public final class Cached<R extends HasMetadata> {
    private final IndexedResourceCache<R> cache;

    private Cached(IndexedResourceCache<R> cache) {
        this.cache = cache;
    }

    /** The cache behind an event source of the reconciler. */
    public static <R extends HasMetadata, P extends HasMetadata> Cached<R> of(Context<P> context, Class<R> type) {
        return new Cached<>(
                (InformerEventSource<R, P>) context.eventSourceRetriever().getEventSourceFor(type));
    }

    /** An object of a namespace. */
    public Optional<R> find(String namespace, String name) {
        return cache.get(new ResourceID(name, namespace));
    }

    /** An object of a cluster-scoped kind. */
    public Optional<R> find(String name) {
        return cache.get(new ResourceID(name));
    }

    /** The objects under a key of an index. */
    public List<R> by(String index, String key) {
        return cache.byIndex(index, key).stream()
                .flatMap(found -> cache.get(ResourceID.fromResource(found)).stream())
                .toList();
    }

    /** Every object; only for kinds of which there are few. */
    public Stream<R> all() {
        return cache.list(resource -> true);
    }
}
