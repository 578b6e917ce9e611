package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpSpec;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import java.util.List;

/**
 * What a node is made of: its network interface, its public address and the appliance on its host. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html">How Elastic Load Balancing works</a>
 */
final class NodePlanner {
    private static final String INTERFACE = "eni-";
    private static final String APPLIANCE = "elb-";

    private NodePlanner() {}

    /** The name of the network interface, and that of the ElasticIp. */
    static String name(LoadBalancer balancer, String subnetId) {
        return balancer.getMetadata().getName() + "-" + subnetId;
    }

    /**
     * The network interface.
     *
     * @param subnetRef the name of its subnet
     * @param subnetId the AWS id of that
     */
    static NetworkInterface networkInterface(LoadBalancer balancer, LocalRef subnetRef, String subnetId) {
        var eni = new NetworkInterface();
        eni.setMetadata(Derived.child(balancer, name(balancer, subnetId)));
        eni.setSpec(new NetworkInterfaceSpec(
                subnetRef,
                balancer.getSpec().securityGroupRefs(),
                null,
                true,
                null,
                new NetworkInterfaceSpec.Attachment(
                        null, null, new LocalRef(balancer.getMetadata().getName()), 0, true),
                null,
                null,
                null,
                null));
        return eni;
    }

    /** The public address of the interface of that name. */
    static ElasticIp elasticIp(LoadBalancer balancer, String subnetId) {
        var name = name(balancer, subnetId);
        var eip = new ElasticIp();
        eip.setMetadata(Derived.child(balancer, name));
        eip.setSpec(new ElasticIpSpec(balancer.getSpec().addressPoolRef(), null, new LocalRef(name), null));
        return eip;
    }

    /** The name of the appliance that uses a network interface. */
    static String applianceId(String networkInterfaceId) {
        return APPLIANCE + networkInterfaceId.substring(INTERFACE.length());
    }

    /**
     * The appliance.
     *
     * @param host where it is
     * @param vpcId the AWS id of its VPC
     * @param networkInterfaceId the AWS id of its network interface
     * @param proxy how it takes connections and hands them on
     */
    static HostAppliance appliance(
            LoadBalancer balancer, String host, String vpcId, String networkInterfaceId, ProxySpec proxy) {
        var id = applianceId(networkInterfaceId);
        var appliance = new HostAppliance();
        appliance.setMetadata(OwnerLink.metadata(balancer, References.hostNamespace(host), id, vpcId));
        appliance.setSpec(new HostApplianceSpec(
                id, vpcId, List.of(new HostApplianceSpec.Interface(networkInterfaceId)), null, proxy));
        return appliance;
    }
}
