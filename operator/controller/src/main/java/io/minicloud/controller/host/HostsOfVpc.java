package io.minicloud.controller.host;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The hosts on which a VPC is already. */
public final class HostsOfVpc {
    private HostsOfVpc() {}

    /** The hosts that hold ports of a VPC, from the subnets and interfaces that the pass knows. */
    public static Set<String> of(Vpc vpc, Context<?> context) {
        var interfaces = Cached.of(context, NetworkInterface.class);
        return Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(vpc)).stream()
                .flatMap(subnet -> interfaces.by(Indexes.SUBNET, Indexes.key(subnet)).stream())
                .flatMap(eni -> Optional.ofNullable(eni.getStatus()).map(NetworkInterfaceStatus::host).stream())
                .collect(Collectors.toSet());
    }
}
