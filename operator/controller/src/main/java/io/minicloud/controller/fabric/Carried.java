package io.minicloud.controller.fabric;

import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a HostNetwork carries; nothing where it does not say. */
public final class Carried {
    private Carried() {}

    /** The AWS ids of the subnets. */
    public static Stream<String> subnetIds(HostNetwork network) {
        return all(network, HostNetworkSpec::subnets).map(HostNetworkSpec.Subnet::subnetId);
    }

    /** The security groups. */
    public static Stream<HostNetworkSpec.SecurityGroup> groups(HostNetwork network) {
        return all(network, HostNetworkSpec::securityGroups);
    }

    /** The network ACLs. */
    public static Stream<HostNetworkSpec.NetworkAcl> acls(HostNetwork network) {
        return all(network, HostNetworkSpec::networkAcls);
    }

    /** The route tables. */
    public static Stream<HostNetworkSpec.RouteTable> routeTables(HostNetwork network) {
        return all(network, HostNetworkSpec::routeTables);
    }

    /** The AWS id of the internet gateway. */
    public static Optional<String> internetGatewayId(HostNetwork network) {
        return Optional.ofNullable(network.getSpec())
                .map(HostNetworkSpec::internetGateway)
                .map(HostNetworkSpec.InternetGateway::internetGatewayId);
    }

    private static <T> Stream<T> all(HostNetwork network, Function<HostNetworkSpec, @Nullable List<T>> part) {
        return Stream.ofNullable(network.getSpec())
                .flatMap(spec -> Stream.ofNullable(part.apply(spec)))
                .flatMap(List::stream);
    }
}
