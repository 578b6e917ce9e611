package io.minicloud.controller.fabric;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.RouteTableSpec;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the routes of a VPC lead to. Pure: what there is, is looked up by the caller.
 *
 * @param vpc the name of the VPC
 * @param vpcId its AWS id
 * @param attached the AWS id of the internet gateway that is attached to it; null: none
 * @param gateways the internet gateways of its namespace, by name
 * @param interfaces the network interfaces of its namespace, by name
 * @param instances the instances of its namespace, by name
 * @param primaries the primary network interface of an instance, by the instance's name
 * @param natGateways the NAT gateways of its namespace, by name
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html">Example routing options</a>
 */
public record RouteTargets(
        String vpc,
        String vpcId,
        @Nullable String attached,
        Function<String, Optional<InternetGateway>> gateways,
        Function<String, Optional<NetworkInterface>> interfaces,
        Function<String, Optional<Instance>> instances,
        Function<String, Optional<NetworkInterface>> primaries,
        Function<String, Optional<NatGateway>> natGateways) {

    /**
     * What a route leads to.
     *
     * @param gatewayId the AWS id of the internet gateway, whether or not it can be reached
     * @param networkInterfaceId the AWS id of the network interface, whether or not it can be reached
     * @param instanceId the AWS id of the instance, whether or not it can be reached
     * @param natGatewayId the AWS id of the NAT gateway, whether or not it can be reached
     * @param privateIpAddress the address of the network interface or of the NAT gateway's
     * @param gone why what goes there is dropped; null: it is not
     * @param foreign whether it is of another VPC, which no time mends
     */
    record Target(
            @Nullable String gatewayId,
            @Nullable String networkInterfaceId,
            @Nullable String instanceId,
            @Nullable String natGatewayId,
            @Nullable String privateIpAddress,
            @Nullable String gone,
            boolean foreign) {}

    /** Follows a route. */
    Target follow(RouteTableSpec.Route route) {
        if (route.internetGatewayRef() != null) {
            return gateway(route.internetGatewayRef());
        }
        if (route.natGatewayRef() != null) {
            return natGateway(route.natGatewayRef());
        }
        return route.networkInterfaceRef() != null
                ? networkInterface(route.networkInterfaceRef())
                : instance(Objects.requireNonNull(route.instanceRef()));
    }

    private Target gateway(LocalRef ref) {
        var what = "InternetGateway " + ref.name();
        var found = gateways.apply(ref.name());
        if (found.isEmpty()) {
            return new Target(null, null, null, null, null, what + " does not exist", false);
        }
        var gateway = found.get();
        var id = AwsId.of("igw", gateway.getMetadata().getUid());
        if (id.equals(attached)) {
            return new Target(id, null, null, null, null, null, false);
        }
        if (gateway.isMarkedForDeletion()) {
            return new Target(id, null, null, null, null, what + " is being deleted", false);
        }
        var named = gateway.getSpec() == null ? null : gateway.getSpec().vpcRef();
        var foreign = named != null && !named.name().equals(vpc);
        var gone = foreign ? what + " belongs to Vpc " + named.name() : what + " is not attached to Vpc " + vpc;
        return new Target(id, null, null, null, null, gone, foreign);
    }

    private Target natGateway(LocalRef ref) {
        var what = "NatGateway " + ref.name();
        var found = natGateways.apply(ref.name());
        if (found.isEmpty()) {
            return new Target(null, null, null, null, null, what + " does not exist", false);
        }
        var id = NatGateways.id(found.get());
        var status = found.get().getStatus();
        if (status != null && status.vpcId() != null && !status.vpcId().equals(vpcId)) {
            return new Target(null, null, null, id, null, what + " belongs to another Vpc", true);
        }
        if (found.get().isMarkedForDeletion()) {
            return new Target(null, null, null, id, null, what + " is being deleted", false);
        }
        return NatGateways.address(found.get())
                .map(address -> new Target(null, null, null, id, address, null, false))
                .orElseGet(() ->
                        new Target(null, null, null, id, null, what + " is not available yet; see its status", false));
    }

    private Target networkInterface(LocalRef ref) {
        return interfaces
                .apply(ref.name())
                .map(eni -> networkInterface(eni, null))
                .orElseGet(() -> new Target(
                        null, null, null, null, null, "NetworkInterface " + ref.name() + " does not exist", false));
    }

    private Target instance(LocalRef ref) {
        var what = "Instance " + ref.name();
        var found = instances.apply(ref.name());
        if (found.isEmpty()) {
            return new Target(null, null, null, null, null, what + " does not exist", false);
        }
        var id = AwsId.of("i", found.get().getMetadata().getUid());
        return primaries
                .apply(ref.name())
                .map(eni -> networkInterface(eni, id))
                .orElseGet(() -> new Target(null, null, id, null, null, what + " has no network interface yet", false));
    }

    private Target networkInterface(NetworkInterface eni, @Nullable String instanceId) {
        var id = AwsId.of("eni", eni.getMetadata().getUid());
        var status = eni.getStatus();
        var address = status == null ? null : status.privateIpAddress();
        var home = status == null ? null : status.vpcId();
        if (home != null && !home.equals(vpcId)) {
            return new Target(null, id, instanceId, null, null, what(eni) + " belongs to another Vpc", true);
        }
        var gone = address == null || home == null ? what(eni) + " has no address yet" : away(eni);
        return new Target(null, id, instanceId, null, gone == null ? address : null, gone, false);
    }

    /** Why nobody is behind an interface that has its address. */
    private @Nullable String away(NetworkInterface eni) {
        if (eni.isMarkedForDeletion()) {
            return what(eni) + " is being deleted";
        }
        if (eni.getStatus().host() == null) {
            return what(eni) + " has no port on a host";
        }
        var user = Optional.ofNullable(eni.getSpec().attachment())
                .flatMap(attachment -> Optional.ofNullable(attachment.instanceRef()))
                .flatMap(ref -> instances.apply(ref.name()));
        if (user.filter(Instance::isMarkedForDeletion).isPresent()) {
            return what(user.get()) + " is being deleted";
        }
        return user.filter(instance -> "stopped".equals(instance.getSpec().state()))
                .map(instance -> what(instance) + " is stopped")
                .orElse(null);
    }

    private static String what(HasMetadata target) {
        return target.getKind() + " " + target.getMetadata().getName();
    }
}
