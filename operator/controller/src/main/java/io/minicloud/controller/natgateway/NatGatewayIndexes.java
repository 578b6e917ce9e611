package io.minicloud.controller.natgateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.resolver.Indexes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The indexes by which NAT gateways, and what belongs to them, are found. */
public final class NatGatewayIndexes {
    /** Gateways by the reference to an ElasticIp: {@code namespace/name}. */
    public static final String ELASTIC_IP = "nat-elastic-ip";

    /** Network interfaces by the reference to a gateway: {@code namespace/name}. */
    public static final String NAT_GATEWAY = "nat-gateway";

    private NatGatewayIndexes() {}

    /** Indexes gateways by {@link Indexes#SUBNET} and by the ElasticIp that they name. */
    public static void gateways(IndexerResourceCache<NatGateway> cache) {
        cache.addIndexer(
                Indexes.SUBNET,
                gateway -> ref(
                        gateway,
                        gateway.getSpec() == null ? null : gateway.getSpec().subnetRef()));
        cache.addIndexer(
                ELASTIC_IP,
                gateway -> ref(
                        gateway,
                        gateway.getSpec() == null ? null : gateway.getSpec().elasticIpRef()));
    }

    /** Indexes network interfaces by the gateway that they say they are attached to. */
    public static void interfaces(IndexerResourceCache<NetworkInterface> cache) {
        cache.addIndexer(
                NAT_GATEWAY,
                eni -> ref(
                        eni,
                        eni.getSpec() == null || eni.getSpec().attachment() == null
                                ? null
                                : eni.getSpec().attachment().natGatewayRef()));
    }

    /** Indexes appliances by the {@link Indexes#HOST_INTERFACE} that they use. */
    public static void appliances(IndexerResourceCache<HostAppliance> cache) {
        cache.addIndexer(
                Indexes.HOST_INTERFACE,
                appliance -> appliance.getSpec() == null || appliance.getSpec().interfaces() == null
                        ? List.of()
                        : appliance.getSpec().interfaces().stream()
                                .map(port ->
                                        Indexes.key(appliance.getMetadata().getNamespace(), port.hostInterfaceName()))
                                .toList());
    }

    private static List<String> ref(HasMetadata from, @Nullable LocalRef ref) {
        return ref == null ? List.of() : List.of(Indexes.key(from.getMetadata().getNamespace(), ref.name()));
    }
}
