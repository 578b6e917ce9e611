package io.minicloud.controller.publicaddress;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * Which public address a network interface has: one, that of the ElasticIp which has it already, then that of the senior
 * one. The ElasticIp says first in its status that it is associated; only then does the interface take it. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html">AssociateAddress</a>
 */
public final class Associations {
    private Associations() {}

    /** The AWS id of a network interface. */
    public static String interfaceId(NetworkInterface eni) {
        return AwsId.of("eni", eni.getMetadata().getUid());
    }

    /** Whether an ElasticIp has its address. */
    public static boolean isAllocated(ElasticIp eip) {
        return eip.getStatus() != null && eip.getStatus().publicIp() != null;
    }

    /** Whether an ElasticIp itself says what it is to be associated with. */
    public static boolean namesAnything(ElasticIp eip) {
        return eip.getSpec().instanceRef() != null || eip.getSpec().networkInterfaceRef() != null;
    }

    /**
     * Whether an ElasticIp names this interface: itself, or the instance whose primary one it is. That of a NAT gateway it
     * cannot name: the gateway names its address; that of a load balancer only if that made both.
     */
    public static boolean names(ElasticIp eip, NetworkInterface eni) {
        if (NatGateways.nameOf(eni).isPresent() || LoadBalancers.nameOf(eni).isPresent() && !haveOneMaker(eip, eni)) {
            return false;
        }
        var spec = eip.getSpec();
        if (spec.networkInterfaceRef() != null) {
            return spec.networkInterfaceRef().name().equals(eni.getMetadata().getName());
        }
        var attachment = eni.getSpec().attachment();
        return spec.instanceRef() != null
                && attachment != null
                && Objects.equals(attachment.deviceIndex(), 0)
                && spec.instanceRef().equals(attachment.instanceRef());
    }

    /** Whether a load balancer made an address and an interface for itself. */
    public static boolean haveOneMaker(ElasticIp eip, NetworkInterface eni) {
        var maker = LoadBalancers.maker(eni).map(OwnerReference::getUid);
        return maker.isPresent() && maker.equals(LoadBalancers.maker(eip).map(OwnerReference::getUid));
    }

    /**
     * The ElasticIp that may be associated with an interface.
     *
     * @param eni the interface
     * @param eips ElasticIps of its namespace
     */
    public static Optional<ElasticIp> winner(NetworkInterface eni, Collection<ElasticIp> eips) {
        return eips.stream()
                .filter(eip -> !eip.isMarkedForDeletion())
                .filter(Associations::isAllocated)
                .filter(eip -> names(eip, eni))
                .min(Comparator.<ElasticIp, Boolean>comparing(eip -> !isAssociated(eip, eni))
                        .thenComparing(Seniority.order()));
    }

    /**
     * The ElasticIp that is associated with an interface.
     *
     * @param eni the interface
     * @param eips ElasticIps of its namespace
     */
    public static Optional<ElasticIp> associated(NetworkInterface eni, Collection<ElasticIp> eips) {
        return winner(eni, eips).filter(eip -> isAssociated(eip, eni));
    }

    /** Whether the status of an ElasticIp says that it is associated with this interface. */
    public static boolean isAssociated(ElasticIp eip, NetworkInterface eni) {
        return eip.getStatus() != null
                && interfaceId(eni).equals(eip.getStatus().networkInterfaceId());
    }
}
