package io.minicloud.controller.certificate;

import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerSpec;
import io.minicloud.controller.resolver.Indexes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
                        : Stream.of(listener.getSpec(), inForce(listener))
                                .filter(Objects::nonNull)
                                .flatMap(spec -> Stream.ofNullable(spec.certificateRefs()))
                                .flatMap(List::stream)
                                .map(ref -> Indexes.key(listener.getMetadata().getNamespace(), ref.name()))
                                .distinct()
                                .toList());
    }

    /** A listener that may not be as it is asked for uses what it used before. */
    private static @Nullable ListenerSpec inForce(Listener listener) {
        return listener.getStatus() == null ? null : listener.getStatus().inForce();
    }
}
