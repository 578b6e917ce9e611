package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.OwnerTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What sits in a VPC on this machine and is no virtual machine: a network namespace that has the other ends of its ENIs' ports.
 *
 * @param id the AWS id of what it is, e.g. {@code nat-0f3a…}
 * @param owner the tag that everything made for it carries
 * @param vpcId the VPC
 * @param interfaces its ENIs; the default route goes by the first
 * @param sourceNat what it forwards, null for nothing
 * @param openPorts on which it takes TCP connections; it then makes some of its own too
 * @param transparent whether it makes some under the addresses of its clients, whose answers come to it
 */
public record Appliance(
        String id,
        OwnerTag owner,
        String vpcId,
        List<Interface> interfaces,
        @Nullable SourceNat sourceNat,
        List<Integer> openPorts,
        boolean transparent) {
    private static final int MAX_PORT = 65535;

    /** Checks and copies. */
    public Appliance {
        Syntax.id(id);
        Syntax.id(vpcId);
        interfaces = List.copyOf(interfaces);
        openPorts = List.copyOf(openPorts);
        if (interfaces.stream().map(Interface::id).distinct().count() < interfaces.size()) {
            throw new IllegalArgumentException("an interface is named twice");
        }
    }

    /** One that sends under its own addresses. */
    public Appliance(
            String id,
            OwnerTag owner,
            String vpcId,
            List<Interface> interfaces,
            @Nullable SourceNat sourceNat,
            List<Integer> openPorts) {
        this(id, owner, vpcId, interfaces, sourceNat, openPorts, false);
    }

    /** The network namespace. */
    public String namespace() {
        return Router.namespaceOf(id);
    }

    /** The namespace of its VPC, where the ends that it takes lie. */
    String router() {
        return Router.namespaceOf(vpcId);
    }

    /** Its ENIs by the name of the link in its namespace, in order. */
    Map<String, Interface> byLink() {
        var links = new LinkedHashMap<String, Interface>();
        interfaces.forEach(eni -> links.put("eth" + links.size(), eni));
        return links;
    }

    /**
     * An ENI of the appliance.
     *
     * @param id the AWS id
     * @param mac its MAC address, for life
     * @param addresses its addresses, the primary one first
     * @param subnet where it lies
     */
    public record Interface(String id, String mac, List<String> addresses, Router.Subnet subnet) {
        /** Checks and copies. */
        public Interface {
            Syntax.id(id);
            Syntax.mac(mac);
            addresses = List.copyOf(addresses);
            var range = Ipv4Range.parse(subnet.range());
            for (var address : addresses) {
                if (!range.contains(Ipv4.parse(address))) {
                    throw new IllegalArgumentException("address %s of %s is not in %s, the range of %s"
                            .formatted(address, id, range, subnet.id()));
                }
            }
        }

        /** The name of its end of the port while that waits in the VPC's namespace. */
        String peer() {
            return Port.peerOf(id);
        }

        List<String> addressesWithPrefix() {
            var prefix = Ipv4Range.parse(subnet.range()).prefix();
            return addresses.stream().map(address -> address + "/" + prefix).toList();
        }
    }

    /**
     * Source address translation: flows from some ranges go on from the appliance's own address.
     *
     * @param ranges whose flows are let through
     * @param fromPort the first port that translated flows come from
     * @param toPort the last one
     * @param idleTimeoutSeconds after which a flow without a packet is forgotten
     */
    public record SourceNat(List<String> ranges, int fromPort, int toPort, int idleTimeoutSeconds) {
        /** Checks and copies. */
        public SourceNat {
            ranges.forEach(Ipv4Range::parse);
            ranges = List.copyOf(ranges);
            if (fromPort < 1 || fromPort > toPort || toPort > MAX_PORT) {
                throw new IllegalArgumentException("not a range of ports: " + fromPort + "-" + toPort);
            }
            if (idleTimeoutSeconds < 1) {
                throw new IllegalArgumentException("not a time: " + idleTimeoutSeconds + " s");
            }
        }
    }
}
