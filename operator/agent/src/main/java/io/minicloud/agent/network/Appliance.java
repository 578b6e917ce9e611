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
 * @param balanced whose datagrams it passes on, under the addresses of those who sent them
 */
public record Appliance(
        String id,
        OwnerTag owner,
        String vpcId,
        List<Interface> interfaces,
        @Nullable SourceNat sourceNat,
        List<Integer> openPorts,
        boolean transparent,
        List<Balanced> balanced) {
    private static final int MAX_PORT = 65535;
    private static final int BALANCED_SECONDS = 120;

    /** Checks and copies. */
    public Appliance {
        Syntax.id(id);
        Syntax.id(vpcId);
        interfaces = List.copyOf(interfaces);
        openPorts = List.copyOf(openPorts);
        balanced = List.copyOf(balanced);
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
        this(id, owner, vpcId, interfaces, sourceNat, openPorts, false, List.of());
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

    /** Whether it passes on packets of others. */
    boolean forwards() {
        return sourceNat != null || !balanced.isEmpty();
    }

    /**
     * Seconds without a packet after which a flow that it passes on is forgotten.
     *
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html">Network Load Balancers:
     *     idle timeout</a>
     */
    int idleTimeoutSeconds() {
        return sourceNat == null ? BALANCED_SECONDS : sourceNat.idleTimeoutSeconds();
    }

    /**
     * A port of UDP whose flows are shared among some.
     *
     * @param port the port
     * @param byAddress whether a sender's address alone decides who gets a flow, or its port too
     * @param targets who gets them; none: nobody
     */
    public record Balanced(int port, boolean byAddress, List<Endpoint> targets) {
        /** Keeps an immutable copy. */
        public Balanced {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Who gets datagrams.
     *
     * @param address its address
     * @param port its port
     */
    public record Endpoint(String address, int port) {
        /** Checks. */
        public Endpoint {
            Ipv4.parse(address);
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
