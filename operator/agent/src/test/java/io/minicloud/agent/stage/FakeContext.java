package io.minicloud.agent.stage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a reconciler is given of the objects around its own; nothing else of the framework is there. */
public final class FakeContext {
    private FakeContext() {}

    /**
     * A context.
     *
     * @param others the secondary resources
     */
    public static <P extends HasMetadata> Context<P> of(HasMetadata... others) {
        return among(List.of(), others);
    }

    /**
     * A context.
     *
     * @param primaries the objects of the reconciler's own kind
     * @param others the secondary resources
     */
    @SuppressWarnings("unchecked") // A proxy is made of a class, which knows no type parameter.
    public static <P extends HasMetadata> Context<P> among(List<P> primaries, HasMetadata... others) {
        var all = List.of(others);
        return (Context<P>) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    var type = arguments == null ? Object.class : (Class<?>) arguments[0];
                    Stream<?> found = all.stream().filter(type::isInstance);
                    return switch (method.getName()) {
                        case "getSecondaryResources" -> new LinkedHashSet<>(found.toList());
                        case "getSecondaryResourcesAsStream" -> found;
                        case "getSecondaryResource" -> found.findFirst();
                        case "getPrimaryCache" -> cache(primaries);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    @SuppressWarnings("unchecked") // As above, and a Predicate's parameter is erased.
    private static <P extends HasMetadata> IndexedResourceCache<P> cache(List<P> primaries) {
        return (IndexedResourceCache<P>) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {IndexedResourceCache.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("list") || !(arguments[0] instanceof Predicate<?> wanted)) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return primaries.stream().filter((Predicate<P>) wanted);
                });
    }
}
