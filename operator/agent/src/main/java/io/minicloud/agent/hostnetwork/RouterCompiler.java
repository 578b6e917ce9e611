package io.minicloud.agent.hostnetwork;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.InternetGateway;
import io.minicloud.agent.network.LanAddress;
import io.minicloud.agent.network.Router;
import io.minicloud.agent.network.Routing;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From the objects of the host API to the plain records of a router. */
public final class RouterCompiler {
    private final AgentSettings settings;

    /** A compiler for this host. */
    public RouterCompiler(AgentSettings settings) {
        this.settings = settings;
    }

    /** The tag on everything of a network. */
    public OwnerTag owner(HostNetwork network) {
        return new OwnerTag(
                settings.installationId(),
                settings.hostNamespace(),
                "hostnetwork",
                network.getMetadata().getUid());
    }

    /**
     * The router that is wanted.
     *
     * @param interfaces those of the VPC; the ones that are being deleted are left out
     * @param sets the address sets of the VPC
     * @param appliances those of the VPC
     * @throws IllegalArgumentException when a text is not what it should be
     */
    public Router compile(
            HostNetwork network,
            Collection<HostInterface> interfaces,
            Collection<AddressSet> sets,
            Collection<HostAppliance> appliances) {
        var spec = network.getSpec();
        return new Router(
                spec.vpcId(),
                owner(network),
                spec.cidrBlocks(),
                spec.dns() == null
                        ? new Router.Dns(false, "internal")
                        : new Router.Dns(
                                spec.dns().enabled(),
                                spec.dns().domain(),
                                !Boolean.FALSE.equals(spec.dns().hostnames())),
                spec.linkCidrBlock(),
                orEmpty(spec.subnets()).stream()
                        .map(subnet -> new Router.Subnet(subnet.subnetId(), subnet.cidrBlock(), subnet.mtu()))
                        .toList(),
                interfaces.stream()
                        .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
                        .map(found -> port(found.getSpec()))
                        .toList(),
                orEmpty(spec.securityGroups()).stream()
                        .map(RouterCompiler::group)
                        .toList(),
                members(sets),
                orEmpty(spec.networkAcls()).stream().map(RouterCompiler::acl).toList(),
                new Routing(
                        orEmpty(spec.routeTables()).stream()
                                .map(RouterCompiler::table)
                                .toList(),
                        gateway(spec, interfaces),
                        transparent(appliances, interfaces)));
    }

    /** Whether what an appliance sends may come from its clients. */
    static boolean isTransparent(HostAppliance appliance) {
        return appliance.getMetadata().getDeletionTimestamp() == null
                && appliance.getSpec().proxy() != null
                && appliance.getSpec().proxy().preservesClientAddresses();
    }

    private static Set<String> transparent(Collection<HostAppliance> appliances, Collection<HostInterface> interfaces) {
        var names = appliances.stream()
                .filter(RouterCompiler::isTransparent)
                .flatMap(appliance -> appliance.getSpec().interfaces().stream())
                .map(HostApplianceSpec.Interface::hostInterfaceName)
                .collect(Collectors.toSet());
        return interfaces.stream()
                .filter(eni -> names.contains(eni.getMetadata().getName()))
                .map(eni -> eni.getSpec().networkInterfaceId())
                .collect(Collectors.toSet());
    }

    /** An ENI as the router knows it. */
    public static Router.Interface port(HostInterfaceSpec spec) {
        return new Router.Interface(
                spec.networkInterfaceId(),
                spec.subnetId(),
                Router.Interface.portOf(spec.networkInterfaceId()),
                spec.macAddress(),
                spec.privateIpAddresses(),
                spec.securityGroupIds(),
                spec.sourceDestCheck(),
                spec.hostname());
    }

    private static Router.Group group(HostNetworkSpec.SecurityGroup group) {
        return new Router.Group(
                group.groupId(),
                group.ingress().stream().map(RouterCompiler::rule).toList(),
                group.egress().stream().map(RouterCompiler::rule).toList());
    }

    private static Router.Rule rule(HostNetworkSpec.Rule rule) {
        int from = rule.fromPort() == null ? -1 : rule.fromPort();
        int to = rule.toPort() == null ? -1 : rule.toPort();
        return new Router.Rule(rule.ipProtocol(), from, to, rule.cidrIpv4(), rule.groupId());
    }

    private static Router.Acl acl(HostNetworkSpec.NetworkAcl acl) {
        return new Router.Acl(
                acl.networkAclId(),
                acl.subnetIds(),
                acl.ingress().stream().map(RouterCompiler::entry).toList(),
                acl.egress().stream().map(RouterCompiler::entry).toList());
    }

    private static Router.AclEntry entry(HostNetworkSpec.AclEntry entry) {
        return new Router.AclEntry(
                entry.ruleNumber(),
                entry.allow(),
                new Router.Rule(entry.protocol(), entry.from(), entry.to(), entry.cidrBlock(), null));
    }

    private static Routing.Table table(HostNetworkSpec.RouteTable table) {
        return new Routing.Table(
                table.routeTableId(),
                table.subnetIds(),
                table.routes().stream().map(RouterCompiler::route).toList());
    }

    private static Routing.Route route(HostNetworkSpec.Route route) {
        var target =
                switch (route.target()) {
                    case "InternetGateway" -> Routing.Target.INTERNET_GATEWAY;
                    case "NetworkInterface" -> Routing.Target.INTERFACE;
                    default -> Routing.Target.BLACKHOLE;
                };
        return new Routing.Route(route.destinationCidrBlock(), target, route.privateIpAddress());
    }

    private static @Nullable InternetGateway gateway(HostNetworkSpec spec, Collection<HostInterface> interfaces) {
        if (spec.internetGateway() == null) {
            return null;
        }
        var addresses = new HashMap<String, String>();
        var lan = new HashSet<LanAddress>();
        interfaces.stream()
                .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
                .forEach(found -> {
                    orEmpty(found.getSpec().publicIpAddresses())
                            .forEach(pair -> addresses.put(pair.privateIpAddress(), pair.publicIp()));
                    lan.addAll(lan(found.getSpec()));
                });
        return new InternetGateway(spec.internetGateway().internetGatewayId(), addresses, lan);
    }

    /** The public addresses of an ENI that are a part of a network on which this machine is. */
    public static List<LanAddress> lan(HostInterfaceSpec spec) {
        return orEmpty(spec.publicIpAddresses()).stream()
                .filter(pair -> "Lan".equals(pair.mode()))
                .map(pair -> new LanAddress(pair.publicIp(), pair.uplink()))
                .toList();
    }

    private static Map<String, List<Router.Member>> members(Collection<AddressSet> sets) {
        var members = new HashMap<String, List<Router.Member>>();
        for (var set : sets) {
            if (!set.getSpec().type().equals("SecurityGroup")
                    || set.getMetadata().getDeletionTimestamp() != null) {
                continue;
            }
            var slice = members.computeIfAbsent(set.getSpec().setId(), id -> new ArrayList<>());
            orEmpty(set.getSpec().entries()).stream()
                    .filter(entry -> entry.networkInterfaceId() != null)
                    .forEach(entry -> slice.add(new Router.Member(entry.networkInterfaceId(), entry.address())));
        }
        return members;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
