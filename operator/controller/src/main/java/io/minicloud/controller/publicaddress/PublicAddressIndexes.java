package io.minicloud.controller.publicaddress;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.controller.resolver.Indexes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indexes by which public addresses are found. */
public final class PublicAddressIndexes {
    /** By the reference to an instance: {@code namespace/name}. */
    public static final String INSTANCE = "eip-instance";

    /** By the reference to a network interface: {@code namespace/name}. */
    public static final String NETWORK_INTERFACE = "eip-network-interface";

    /** By the AWS id of the network interface that has the address. */
    public static final String ASSOCIATED = "eip-associated";

    /** Those that have no address yet. */
    public static final String UNALLOCATED = "eip-unallocated";

    /** The one key of {@link #UNALLOCATED}. */
    public static final String YES = "yes";

    /** Ports by the public addresses that they carry. */
    public static final String PUBLIC_IP = "public-ip";

    /** Ports by the AWS id of their network interface. */
    public static final String PORT = "port";

    /** Network interfaces that have a public address, by the AWS id of their VPC. */
    public static final String MAPPED = "mapped";

    private PublicAddressIndexes() {}

    /** Indexes network interfaces by the VPC in which they have a public address. */
    public static void interfaces(IndexerResourceCache<NetworkInterface> cache) {
        cache.addIndexer(MAPPED, eni -> mappedIn(eni).stream().toList());
    }

    /** The AWS id of the VPC in which an interface has a public address; empty: it has none. */
    public static Optional<String> mappedIn(NetworkInterface eni) {
        return Optional.ofNullable(eni.getStatus())
                .filter(status -> status.association() != null)
                .map(status -> status.vpcId());
    }

    /** Indexes ElasticIps by what they name, by what they are associated with and by whether they have an address. */
    public static void elasticIps(IndexerResourceCache<ElasticIp> cache) {
        cache.addIndexer(
                INSTANCE,
                eip -> ref(eip, eip.getSpec() == null ? null : eip.getSpec().instanceRef()));
        cache.addIndexer(
                NETWORK_INTERFACE,
                eip -> ref(eip, eip.getSpec() == null ? null : eip.getSpec().networkInterfaceRef()));
        cache.addIndexer(
                ASSOCIATED,
                eip -> eip.getStatus() == null || eip.getStatus().networkInterfaceId() == null
                        ? List.of()
                        : List.of(eip.getStatus().networkInterfaceId()));
        cache.addIndexer(UNALLOCATED, eip -> Associations.isAllocated(eip) ? List.of() : List.of(YES));
    }

    /** Indexes ports by their network interface and by the public addresses that they carry. */
    public static void ports(IndexerResourceCache<HostInterface> cache) {
        cache.addIndexer(
                PORT,
                port -> port.getSpec() == null
                        ? List.of()
                        : List.of(port.getSpec().networkInterfaceId()));
        cache.addIndexer(PUBLIC_IP, port -> pairs(port)
                .map(HostInterfaceSpec.PublicAddress::publicIp)
                .distinct()
                .toList());
    }

    /** The pairs of addresses that a port carries. */
    public static Stream<HostInterfaceSpec.PublicAddress> pairs(HostInterface port) {
        return port.getSpec() == null || port.getSpec().publicIpAddresses() == null
                ? Stream.empty()
                : port.getSpec().publicIpAddresses().stream();
    }

    private static List<String> ref(HasMetadata from, @Nullable LocalRef ref) {
        return ref == null ? List.of() : List.of(Indexes.key(from.getMetadata().getNamespace(), ref.name()));
    }
}
