package io.minicloud.controller.ec2.natgateway;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.Optional;

/** Whether a gateway may be, and have its address. Pure. */
final class GatewayRules {
    private GatewayRules() {}

    /**
     * Whether it is one of the first that the quota has room for. Who has a host keeps it.
     *
     * @param gateway the gateway
     * @param siblings those of the account in the zone, itself included or not
     * @param quota how many an account may have in a zone
     * @return itself
     * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html">Amazon VPC quotas</a>
     */
    static Resolution<NatGateway> withinQuota(NatGateway gateway, Collection<NatGateway> siblings, int quota) {
        var senior = siblings.stream()
                .filter(other -> !name(other).equals(name(gateway)))
                .filter(other -> NatGateways.host(other).isPresent()
                        || Seniority.<NatGateway>order().compare(other, gateway) < 0)
                .count();
        return NatGateways.host(gateway).isPresent() || senior < quota
                ? new Resolution.Resolved<>(gateway)
                : new Resolution.Waiting<>(
                        NatGatewayReason.NatGatewayLimitExceeded,
                        "an account may have " + quota
                                + " of these in a zone: delete one, or an administrator raises quotas.natGatewaysPerZone");
    }

    /**
     * The address of a public gateway.
     *
     * @param gateway the gateway, which names an ElasticIp
     * @param found the ElasticIp, as far as it exists
     * @param holder the gateway that has its address or is to have it
     */
    static Resolution<ElasticIp> address(NatGateway gateway, Optional<ElasticIp> found, Optional<NatGateway> holder) {
        var what = "ElasticIp " + gateway.getSpec().elasticIpRef().name();
        if (found.isEmpty()) {
            return new Resolution.Waiting<>(
                    NatGatewayReason.ElasticIpNotFound, what + " does not exist in this namespace");
        }
        var eip = found.get();
        if (holder.filter(other -> name(other).equals(name(gateway))).isEmpty()) {
            return new Resolution.Waiting<>(
                    NatGatewayReason.ResourceAlreadyAssociated,
                    holder.map(other -> what + " belongs to NatGateway " + name(other)
                                    + ": delete that one, or this one and name another ElasticIp")
                            .orElse(what + " names what it belongs to itself: take instanceRef or networkInterfaceRef"
                                    + " out there, or delete this gateway and name another ElasticIp"));
        }
        if (eip.isMarkedForDeletion() && NatGateways.host(gateway).isEmpty()) {
            return new Resolution.Waiting<>(NatGatewayReason.ElasticIpTerminating, what + " is being deleted");
        }
        return Associations.isAllocated(eip)
                ? new Resolution.Resolved<>(eip)
                : new Resolution.Waiting<>(
                        NatGatewayReason.ElasticIpPending, what + " has no address yet; see its status");
    }

    private static String name(NatGateway gateway) {
        return gateway.getMetadata().getName();
    }
}
