package io.minicloud.controller.prefixlist;

import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableSpec;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.controller.resolver.Indexes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indexes by which those are found that name a prefix list. */
public final class PrefixListIndexes {
    /** By the reference to a prefix list: {@code namespace/name}. */
    public static final String PREFIX_LIST = "prefix-list";

    private PrefixListIndexes() {}

    /** Indexes security groups by the lists that their rules name. */
    public static void groups(IndexerResourceCache<SecurityGroup> cache) {
        cache.addIndexer(
                PREFIX_LIST,
                group -> group.getSpec() == null
                        ? List.of()
                        : keys(
                                group.getMetadata().getNamespace(),
                                Stream.of(
                                                group.getSpec().ingress(),
                                                group.getSpec().egress())
                                        .filter(Objects::nonNull)
                                        .flatMap(List::stream)
                                        .map(SecurityGroupSpec.Rule::prefixListRef)));
    }

    /** Indexes route tables by the lists that are destinations of their routes. */
    public static void tables(IndexerResourceCache<RouteTable> cache) {
        cache.addIndexer(
                PREFIX_LIST,
                table -> table.getSpec() == null
                        ? List.of()
                        : keys(
                                table.getMetadata().getNamespace(),
                                Stream.ofNullable(table.getSpec().routes())
                                        .flatMap(List::stream)
                                        .map(RouteTableSpec.Route::destinationPrefixListRef)));
    }

    private static List<String> keys(String namespace, Stream<@Nullable LocalRef> refs) {
        return refs.filter(Objects::nonNull)
                .map(ref -> Indexes.key(namespace, ref.name()))
                .distinct()
                .toList();
    }
}
