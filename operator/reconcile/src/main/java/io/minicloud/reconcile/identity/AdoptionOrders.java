package io.minicloud.reconcile.identity;

import io.minicloud.api.common.Labels;
import io.minicloud.api.host.Host;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an administrator orders by annotations of a {@code Host}: that a disk which lies there and belongs to no object
 * becomes the disk of a volume, in place of a new one. {@code adopt.minicloud.io/vol-0f3a…: lab/server-root} names the
 * disk, and the namespace and name of the Volume. On the Host, because nobody else may write there: a disk is data.
 */
public final class AdoptionOrders {
    private AdoptionOrders() {}

    /**
     * The disk that a volume is to adopt; of several, the first by name.
     *
     * @param host where the disk lies
     * @param namespace of the Volume
     * @param volume the name of the Volume
     */
    public static Optional<String> diskFor(Host host, String namespace, String volume) {
        return orders(host)
                .filter(order -> order.getValue().equals(namespace + "/" + volume))
                .map(order -> order.getKey().substring(Labels.ADOPT.length()))
                .sorted()
                .findFirst();
    }

    /** The volumes that the orders of a host speak of, each as namespace, slash and name. */
    public static Stream<String> volumes(Host host) {
        return orders(host).map(Map.Entry::getValue);
    }

    private static Stream<Map.Entry<String, String>> orders(Host host) {
        var annotations = host.getMetadata().getAnnotations();
        return annotations == null
                ? Stream.empty()
                : annotations.entrySet().stream()
                        .filter(annotation -> annotation.getKey().startsWith(Labels.ADOPT));
    }
}
