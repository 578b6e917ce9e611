package io.minicloud.controller.ec2.elasticip;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an address is to be associated with, and how far that has come. Pure. */
final class AssociationRules {
    private AssociationRules() {}

    /**
     * What is to be said of the association.
     *
     * @param association what the address is associated with; null: nothing
     * @param progress how far it has come
     */
    record Outcome(@Nullable Association association, Progress progress) {}

    /**
     * Judges an ElasticIp that has its address. Until no other port carries the address it stays associated as it was, so
     * that it is never on two.
     *
     * @param eip the ElasticIp
     * @param target what it names; empty: nothing
     * @param carriers the ports that carry the address
     */
    static Outcome judge(ElasticIp eip, Optional<Resolution<AssociationTarget>> target, List<HostInterface> carriers) {
        var wanted =
                target.map(found -> Judgement.fold(found, AssociationTarget::networkInterfaceId, (why, words) -> ""));
        var elsewhere = carriers.stream()
                .filter(port -> !wanted.equals(Optional.of(port.getSpec().networkInterfaceId())))
                .findFirst();
        if (elsewhere.isPresent()) {
            return new Outcome(
                    Association.recorded(eip),
                    Progress.pending(ElasticIpReason.MovingAddress, mustLetGo(elsewhere.get())));
        }
        return target.map(found -> Judgement.fold(
                        found,
                        named -> named(eip, named),
                        (reason, message) -> new Outcome(null, Progress.pending(reason, message))))
                .orElseGet(() -> new Outcome(null, Progress.done(ElasticIpReason.NotAssociated, "")));
    }

    /**
     * What the deletion of an ElasticIp waits for; empty: nothing uses it.
     *
     * @param gateways the NAT gateways that name it
     * @param carriers the ports that carry the address
     */
    static Optional<Progress> inUse(List<NatGateway> gateways, List<HostInterface> carriers) {
        if (!gateways.isEmpty()) {
            return Optional.of(
                    Progress.pending(ElasticIpReason.DependencyViolation, Blockers.message(Blockers.names(gateways))));
        }
        return carriers.stream()
                .findFirst()
                .map(port -> Progress.pending(ElasticIpReason.RemovingAssociation, mustLetGo(port)));
    }

    /** What is said of a port that an address must leave. */
    static String mustLetGo(HostInterface port) {
        return "the port of " + port.getSpec().networkInterfaceId() + " on host "
                + References.hostOf(port.getMetadata().getNamespace()) + " must let the address go first";
    }

    /**
     * Whether an ElasticIp may name an interface: that of a NAT gateway has the address which the gateway names, that of a load
     * balancer the one which the load balancer makes.
     */
    static Resolution<NetworkInterface> free(ElasticIp eip, NetworkInterface eni) {
        return NatGateways.nameOf(eni)
                .map(gateway -> " belongs to NatGateway " + gateway
                        + ": take networkInterfaceRef out, and name this ElasticIp in a NatGateway")
                .or(() -> LoadBalancers.nameOf(eni)
                        .filter(balancer -> !Associations.haveOneMaker(eip, eni))
                        .map(balancer -> " belongs to LoadBalancer " + balancer
                                + ", which makes its addresses itself: take networkInterfaceRef out"))
                .<Resolution<NetworkInterface>>map(why -> new Resolution.Invalid<>(
                        ElasticIpReason.OperationNotPermitted,
                        "NetworkInterface " + eni.getMetadata().getName() + why))
                .orElseGet(() -> new Resolution.Resolved<>(eni));
    }

    private static Outcome named(ElasticIp eip, AssociationTarget target) {
        if (!name(target.winner()).equals(name(eip))) {
            return new Outcome(
                    null,
                    Progress.pending(
                            ElasticIpReason.ResourceAlreadyAssociated,
                            "NetworkInterface " + target.eni().getMetadata().getName()
                                    + " is associated with ElasticIp " + name(target.winner()) + ": end that first"));
        }
        if (!target.gateway()) {
            var missing = Progress.pending(
                    ElasticIpReason.GatewayNotAttached,
                    "Vpc " + target.vpc() + " has no internet gateway: attach an InternetGateway to it");
            return new Outcome(Associations.isAssociated(eip, target.eni()) ? target.association() : null, missing);
        }
        return new Outcome(target.association(), contested(eip, target).orElseGet(() -> progress(eip, target)));
    }

    /** Whether it names something itself although a NAT gateway has its address. */
    private static Optional<Progress> contested(ElasticIp eip, AssociationTarget target) {
        return NatGateways.nameOf(target.eni())
                .filter(gateway -> Associations.namesAnything(eip))
                .map(
                        gateway -> Progress.pending(
                                ElasticIpReason.ResourceAlreadyAssociated,
                                "NatGateway " + gateway
                                        + " has the address: take instanceRef or networkInterfaceRef out, or delete the gateway"));
    }

    private static Progress progress(ElasticIp eip, AssociationTarget target) {
        if (target.ports().isEmpty()) {
            return Progress.done(ElasticIpReason.NoPort, "the network interface has no port on a host");
        }
        var address = target.eni().getStatus().privateIpAddress();
        return target.ports().stream()
                .filter(port -> PublicAddressIndexes.pairs(port)
                                .noneMatch(pair -> pair.privateIpAddress().equals(address)
                                        && pair.publicIp()
                                                .equals(eip.getStatus().publicIp()))
                        || !Derived.isUsable(port))
                .findFirst()
                .map(port -> Progress.pending(
                        ElasticIpReason.AwaitingHost,
                        Derived.why(port.getMetadata().getNamespace(), port)))
                .orElseGet(() -> Progress.done(ElasticIpReason.Programmed, ""));
    }

    private static String name(ElasticIp eip) {
        return eip.getMetadata().getName();
    }
}
