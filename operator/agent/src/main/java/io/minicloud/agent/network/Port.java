package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.identity.OwnerTag;

/**
 * What the port of an ENI must be.
 *
 * @param interfaceId the ENI's AWS id
 * @param vpcId its VPC
 * @param subnetId its subnet
 * @param mac the MAC address of the other side
 * @param type what it is made of
 * @param owner the tag that it carries
 */
public record Port(String interfaceId, String vpcId, String subnetId, String mac, Type type, OwnerTag owner) {
    /** What a port is made of. */
    public enum Type {
        /** For a virtual machine: waits in the root namespace until its machine has opened it. */
        TAP,
        /** For an appliance: the other end waits in the VPC's namespace until the appliance takes it. */
        VETH
    }

    /** Checks. */
    public Port {
        Syntax.id(interfaceId);
        Syntax.id(subnetId);
        Syntax.mac(mac);
    }

    /** The link's name. */
    public String name() {
        return Router.Interface.portOf(interfaceId);
    }

    /** The name of a veth's other end. */
    public String peer() {
        return peerOf(interfaceId);
    }

    /** The name of the other end of an ENI's veth. */
    static String peerOf(String interfaceId) {
        return MachineName.of('e', interfaceId);
    }

    String bridge() {
        return Router.Subnet.bridgeOf(subnetId);
    }

    /** The VPC's namespace. */
    public String namespace() {
        return Router.namespaceOf(vpcId);
    }
}
