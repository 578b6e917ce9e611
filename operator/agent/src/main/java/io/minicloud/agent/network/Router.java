package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.NetworkName;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.identity.Sha256;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a VPC must be on this machine. Every text is checked on construction.
 *
 * @param vpcId the AWS id
 * @param owner the tag that everything made for it carries
 * @param ranges the VPC's ranges, the primary one first
 * @param dns its resolver
 * @param link the /31 to the root namespace, null for none
 * @param subnets the subnets that are present here
 * @param interfaces the ENIs that are present here
 * @param groups the rules of their security groups
 * @param members of every group that a rule names: who belongs to it, on any machine
 * @param acls the network ACLs around subnets; a subnet that none names is open
 * @param routing the ways out of it
 */
public record Router(
        String vpcId,
        OwnerTag owner,
        List<String> ranges,
        Dns dns,
        @Nullable String link,
        List<Subnet> subnets,
        List<Interface> interfaces,
        List<Group> groups,
        Map<String, List<Member>> members,
        List<Acl> acls,
        Routing routing) {
    /** The link-local address of the resolver, as in AWS. */
    public static final String RESOLVER = "169.254.169.253";

    /** The address of the metadata service, as in AWS. */
    public static final String METADATA = "169.254.169.254";

    /** Checks and copies. */
    public Router {
        Syntax.id(vpcId);
        ranges.forEach(Ipv4Range::parse);
        if (link != null) {
            Ipv4Range.parse(link);
        }
        members.keySet().forEach(Syntax::id);
        ranges = List.copyOf(ranges);
        subnets = List.copyOf(subnets);
        interfaces = List.copyOf(interfaces);
        groups = List.copyOf(groups);
        members = Map.copyOf(members);
        acls = List.copyOf(acls);
    }

    /** A router whose subnets are open to each other and which nothing leaves. */
    public Router(
            String vpcId,
            OwnerTag owner,
            List<String> ranges,
            Dns dns,
            @Nullable String link,
            List<Subnet> subnets,
            List<Interface> interfaces,
            List<Group> groups,
            Map<String, List<Member>> members) {
        this(vpcId, owner, ranges, dns, link, subnets, interfaces, groups, members, List.of(), Routing.LOCAL);
    }

    /** The network namespace of a VPC. */
    public static String namespaceOf(String vpcId) {
        return NetworkName.namespace(Syntax.id(vpcId));
    }

    /** The network namespace of this VPC. */
    public String namespace() {
        return namespaceOf(vpcId);
    }

    /** Those of the ENIs here that may send under the addresses of their clients. */
    List<Interface> transparent() {
        return interfaces.stream()
                .filter(eni -> routing.transparent().contains(eni.id()))
                .sorted(Comparator.comparing(Interface::id))
                .toList();
    }

    /** All namespaces that it consists of: its own and that of its internet gateway. */
    public Set<String> namespaces() {
        return routing.gateway() == null
                ? Set.of(namespace())
                : Set.of(namespace(), routing.gateway().namespace());
    }

    /** The resolver's address inside the VPC: two above the base of the primary range, as in AWS. */
    public String resolver() {
        return Ipv4Range.parse(ranges.getFirst()).base().plus(2).toString();
    }

    /**
     * The resolver of a VPC.
     *
     * @param enabled whether it answers
     * @param domain of the private names
     * @param hostnames whether the private names of machines resolve
     */
    public record Dns(boolean enabled, String domain, boolean hostnames) {
        /** Private names resolve. */
        public Dns(boolean enabled, String domain) {
            this(enabled, domain, true);
        }

        /** Checks. */
        public Dns {
            Syntax.dnsName(domain);
        }
    }

    /**
     * A subnet that is present here: a bridge in the namespace.
     *
     * @param id the AWS id
     * @param range the addresses
     * @param mtu bytes
     */
    public record Subnet(String id, String range, int mtu) {
        /** Checks. */
        public Subnet {
            Syntax.id(id);
            Ipv4Range.parse(range);
        }

        /** The bridge of a subnet. */
        public static String bridgeOf(String subnetId) {
            return NetworkName.bridge(subnetId);
        }

        String bridge() {
            return bridgeOf(id);
        }

        /** One above the base, as in AWS. */
        String gateway() {
            return Ipv4Range.parse(range).base().plus(1).toString();
        }

        String gatewayWithPrefix() {
            return gateway() + "/" + Ipv4Range.parse(range).prefix();
        }

        /** Fixed, or a bridge takes the lowest of its ports and guests would have to learn it anew. */
        String mac() {
            var digits = Sha256.hex(id);
            var mac = new StringBuilder("06");
            for (int i = 0; i < 10; i += 2) {
                mac.append(':').append(digits, i, i + 2);
            }
            return mac.toString();
        }
    }

    /**
     * An ENI that is present here: a port of its subnet's bridge.
     *
     * @param id the AWS id
     * @param subnetId its subnet
     * @param port the name of the link
     * @param mac its MAC address
     * @param addresses its addresses, the primary one first
     * @param groups the ids of its security groups; none: no group stands before it, only ACLs do
     * @param sourceDestCheck whether it may only send from and receive to its own addresses
     * @param hostname the name that DHCP gives, null for the one made of its address
     */
    public record Interface(
            String id,
            String subnetId,
            String port,
            String mac,
            List<String> addresses,
            List<String> groups,
            boolean sourceDestCheck,
            @Nullable String hostname) {
        /** Checks and copies. */
        public Interface {
            Syntax.id(id);
            Syntax.id(subnetId);
            Syntax.mac(mac);
            addresses.forEach(Ipv4::parse);
            groups.forEach(Syntax::id);
            if (hostname != null) {
                Syntax.dnsName(hostname);
            }
            addresses = List.copyOf(addresses);
            groups = groups.stream().sorted().distinct().toList();
        }

        /** The name of an ENI's port. */
        public static String portOf(String networkInterfaceId) {
            return NetworkName.port(Syntax.id(networkInterfaceId));
        }
    }

    /**
     * The rules of a security group.
     *
     * @param id the AWS id
     * @param ingress what is let in
     * @param egress what is let out
     */
    public record Group(String id, List<Rule> ingress, List<Rule> egress) {
        /** Checks and copies. */
        public Group {
            Syntax.id(id);
            ingress = List.copyOf(ingress);
            egress = List.copyOf(egress);
        }
    }

    /**
     * One rule of a group: a protocol, its ports and exactly one of range and group.
     *
     * @param protocol tcp, udp, icmp, a number or -1 for all
     * @param from the first port or the ICMP type, -1 for all
     * @param to the last port or the ICMP code, -1 for all
     * @param range of the other side, or null
     * @param group of the other side, or null
     */
    public record Rule(
            String protocol,
            int from,
            int to,
            @Nullable String range,
            @Nullable String group) {
        /** Checks. */
        public Rule {
            if ((range == null) == (group == null)) {
                throw new IllegalArgumentException("a rule names either a range or a group");
            }
            if (range != null) {
                Ipv4Range.parse(range);
            } else {
                Syntax.id(group);
            }
        }
    }

    /**
     * A network ACL.
     *
     * @param id the AWS id
     * @param subnetIds the subnets around which it stands
     * @param ingress what may come in, in the order in which it is looked at; the rest may not
     * @param egress what may go out, likewise
     */
    public record Acl(String id, List<String> subnetIds, List<AclEntry> ingress, List<AclEntry> egress) {
        /** Checks and copies. */
        public Acl {
            Syntax.id(id);
            subnetIds.forEach(Syntax::id);
            subnetIds = List.copyOf(subnetIds);
            ingress = List.copyOf(ingress);
            egress = List.copyOf(egress);
        }
    }

    /**
     * An entry of a network ACL.
     *
     * @param number its number, for whoever looks
     * @param allow whether what matches may pass
     * @param rule what it matches, by range
     */
    public record AclEntry(int number, boolean allow, Rule rule) {}

    /**
     * A member of a group.
     *
     * @param interfaceId the ENI
     * @param address one of its addresses
     */
    public record Member(String interfaceId, String address) {
        /** Checks. */
        public Member {
            Syntax.id(interfaceId);
            Ipv4.parse(address);
        }
    }
}
