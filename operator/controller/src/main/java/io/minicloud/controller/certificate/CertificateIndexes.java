package io.minicloud.controller.certificate;

import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.controller.resolver.Indexes;
import java.util.List;
import java.util.stream.Stream;

/** The indexes by which those are found that name a certificate. */
public final class CertificateIndexes {
    /** By the reference to a certificate: {@code namespace/name}. */
    public static final String CERTIFICATE = "certificate";

    private CertificateIndexes() {}

    /** Indexes listeners by the certificates that they name. */
    public static void listeners(IndexerResourceCache<Listener> cache) {
        cache.addIndexer(
                CERTIFICATE,
                listener -> listener.getSpec() == null
                        ? List.of()
                        : Stream.ofNullable(listener.getSpec().certificateRefs())
                                .flatMap(List::stream)
                                .map(ref -> Indexes.key(listener.getMetadata().getNamespace(), ref.name()))
                                .distinct()
                                .toList());
    }
}
