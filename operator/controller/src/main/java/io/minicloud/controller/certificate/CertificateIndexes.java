package io.minicloud.controller.certificate;

import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerSpec;
import io.minicloud.api.elbv2.ListenerStatus;
import io.minicloud.controller.resolver.Indexes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The indexes by which those are found that name a certificate. */
public final class CertificateIndexes {
    /** By the reference to a certificate: {@code namespace/name}. */
    public static final String CERTIFICATE = "certificate";

    private CertificateIndexes() {}

    /** Indexes listeners by the certificates that they name or use. */
    public static void listeners(IndexerResourceCache<Listener> cache) {
        cache.addIndexer(
                CERTIFICATE,
                listener -> listener.getSpec() == null
                        ? List.of()
                        : Stream.concat(refs(listener.getSpec()), inForce(listener).stream())
                                .map(ref -> Indexes.key(listener.getMetadata().getNamespace(), ref.name()))
                                .distinct()
                                .toList());
    }

    /** What a listener uses that may not be as it is asked for: what it used before. */
    public static List<LocalRef> inForce(Listener listener) {
        return Optional.ofNullable(listener.getStatus())
                .map(ListenerStatus::inForce)
                .map(spec -> refs(spec).toList())
                .orElse(List.of());
    }

    private static Stream<LocalRef> refs(ListenerSpec spec) {
        return Stream.ofNullable(spec.certificateRefs()).flatMap(List::stream);
    }
}
