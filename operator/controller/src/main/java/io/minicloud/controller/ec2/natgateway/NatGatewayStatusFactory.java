package io.minicloud.controller.ec2.natgateway;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NatGatewayStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.fabric.RealizedAs;
import io.minicloud.controller.ipam.IpamReason;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.ResolverReason;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status of a NatGateway. */
final class NatGatewayStatusFactory {
    private static final NatGatewayStatus NOTHING =
            new NatGatewayStatus(null, null, null, null, null, null, null, null, null, null, null, null);

    /** The failure codes of AWS for what keeps a gateway from being available. */
    private static final Map<Enum<?>, String> FAILURE_CODES = Map.of(
            ResolverReason.SubnetNotFound, "InvalidSubnetID.NotFound",
            IpamReason.InsufficientFreeAddressesInSubnet, "InsufficientFreeAddressesInSubnet",
            NatGatewayReason.ElasticIpNotFound, "InvalidAllocationID.NotFound",
            NatGatewayReason.ResourceAlreadyAssociated, "Resource.AlreadyAssociated",
            NatGatewayReason.GatewayNotAttached, "Gateway.NotAttached",
            NatGatewayReason.InsufficientHostCapacity, "InternalError");

    /** What neither time nor anybody else mends: the spec is immutable. */
    private static final Set<Enum<?>> FOR_EVER = Set.of(IpamReason.InvalidAddressRange, IpamReason.AddressReserved);

    private final String region;
    private final Clock clock;

    NatGatewayStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** What it has it keeps. */
    NatGatewayStatus refused(NatGateway gateway, Enum<?> reason, String message) {
        var conditions = Verdict.refuse(Verdict.conditions(gateway, clock), reason, message);
        return asBefore(gateway, conditions.build(), Standing.of(gateway, Progress.pending(reason, message)));
    }

    NatGatewayStatus deleting(NatGateway gateway, Progress waiting) {
        var conditions = Verdict.deleting(Verdict.conditions(gateway, clock), NatGatewayReason.Accepted, waiting);
        return asBefore(gateway, conditions.build(), new Standing("deleting", null, null));
    }

    /** The status of one whose references lead to what they should. */
    NatGatewayStatus of(NatGateway gateway, GatewayView view) {
        var conditions = Verdict.conditions(gateway, clock);
        var progress = view.progress();
        var standing = Standing.of(gateway, progress);
        return new NatGatewayStatus(
                (view.accepted()
                                ? Verdict.accept(conditions, NatGatewayReason.Accepted, progress)
                                : Verdict.refuse(conditions, progress.reason(), progress.message()))
                        .build(),
                gateway.getMetadata().getGeneration(),
                Arn.of("ec2", region, view.inputs().account(), "natgateway/" + NatGateways.id(gateway)),
                NatGateways.id(gateway),
                standing.state(),
                standing.failureCode(),
                standing.failureMessage(),
                view.inputs().vpcId(),
                view.inputs().subnetId(),
                view.eni() == null ? List.of() : List.of(address(view.eni())),
                view.host(),
                realizedAs(view.appliance()));
    }

    /**
     * Its state, and what AWS would call the failure.
     *
     * @param failureCode null: none, or none that AWS has a word for
     */
    private record Standing(
            String state,
            @Nullable String failureCode,
            @Nullable String failureMessage) {
        static Standing of(NatGateway gateway, Progress progress) {
            var before =
                    gateway.getStatus() == null ? null : gateway.getStatus().state();
            if (progress.done() || NatGateways.AVAILABLE.equals(before)) {
                return new Standing(NatGateways.AVAILABLE, null, null);
            }
            var code = FAILURE_CODES.get(progress.reason());
            return new Standing(
                    FOR_EVER.contains(progress.reason()) ? "failed" : "pending",
                    code,
                    code == null ? null : progress.message());
        }
    }

    private static NatGatewayStatus.Address address(NetworkInterface eni) {
        var status = eni.getStatus();
        var association = Optional.ofNullable(status.association());
        return new NatGatewayStatus.Address(
                status.networkInterfaceId(),
                status.privateIpAddress(),
                association.map(NetworkInterfaceStatus.Association::publicIp).orElse(null),
                association
                        .map(NetworkInterfaceStatus.Association::allocationId)
                        .orElse(null),
                true);
    }

    private static List<String> realizedAs(@Nullable HostAppliance appliance) {
        return Optional.ofNullable(appliance)
                .map(HostAppliance::getStatus)
                .map(HostApplianceStatus::networkNamespace)
                .stream()
                .map(network -> RealizedAs.natGateway(
                        network, References.hostOf(appliance.getMetadata().getNamespace())))
                .toList();
    }

    private static NatGatewayStatus asBefore(NatGateway gateway, List<Condition> conditions, Standing standing) {
        var before = gateway.getStatus() == null ? NOTHING : gateway.getStatus();
        return new NatGatewayStatus(
                conditions,
                gateway.getMetadata().getGeneration(),
                before.arn(),
                NatGateways.id(gateway),
                standing.state(),
                standing.failureCode(),
                standing.failureMessage(),
                before.vpcId(),
                before.subnetId(),
                before.natGatewayAddresses(),
                before.host(),
                before.realizedAs());
    }
}
