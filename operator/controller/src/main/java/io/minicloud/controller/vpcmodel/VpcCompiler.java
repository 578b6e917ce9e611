package io.minicloud.controller.vpcmodel;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.vpcmodel.VpcModel.Group;
import io.minicloud.controller.vpcmodel.VpcModel.Port;
import io.minicloud.controller.vpcmodel.VpcModel.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compiles a VPC into what each host must know of it and into the members of its sets. Pure: the same model, the same answer. */
public final class VpcCompiler {
    /** Bytes; what every link between a guest and a host on one machine carries. */
    static final int MTU = 1500;

    private VpcCompiler() {}

    /**
     * The network of the VPC on each host that holds a port of it.
     *
     * @return by host, in order
     */
    public static Map<String, HostNetworkSpec> networks(VpcModel model) {
        var networks = new TreeMap<String, HostNetworkSpec>();
        model.ports().stream()
                .collect(groupingBy(Port::host))
                .forEach((host, ports) -> networks.put(host, network(model, ports)));
        return networks;
    }

    /**
     * The members of every set of the VPC: one set per group that has any, and one of all its addresses.
     *
     * @return sets in order of id, each with its entries in order of address text
     */
    public static List<Members> members(VpcModel model) {
        var members = new ArrayList<Members>();
        model.groups().stream()
                .sorted(Comparator.comparing(Group::groupId))
                .forEach(group ->
                        members.add(new Members(group.groupId(), "SecurityGroup", entries(model, port -> port.groupIds()
                                .contains(group.groupId())))));
        members.add(new Members(model.vpcId(), "Vpc", entries(model, port -> true)));
        return members.stream().filter(set -> !set.entries().isEmpty()).toList();
    }

    /**
     * A set before it is cut into slices.
     *
     * @param setId the AWS id of the group or VPC
     * @param type SecurityGroup or Vpc
     * @param entries its members
     */
    public record Members(String setId, String type, List<AddressSetSpec.Entry> entries) {}

    private static HostNetworkSpec network(VpcModel model, List<Port> ports) {
        var subnetIds = ports.stream().map(Port::subnetId).collect(toSet());
        var groupIds = ports.stream().flatMap(port -> port.groupIds().stream()).collect(toSet());
        return new HostNetworkSpec(
                model.vpcId(),
                model.cidrBlocks(),
                model.dns(),
                null,
                model.subnets().stream()
                        .filter(subnet -> subnetIds.contains(subnet.subnetId()))
                        .sorted(Comparator.comparing(Subnet::subnetId))
                        .map(subnet -> new HostNetworkSpec.Subnet(subnet.subnetId(), subnet.cidrBlock(), MTU))
                        .toList(),
                model.groups().stream()
                        .filter(group -> groupIds.contains(group.groupId()))
                        .sorted(Comparator.comparing(Group::groupId))
                        .map(group ->
                                new HostNetworkSpec.SecurityGroup(group.groupId(), group.ingress(), group.egress()))
                        .toList(),
                model.acls().stream()
                        .map(acl -> around(subnetIds, acl))
                        .filter(acl -> !acl.subnetIds().isEmpty())
                        .sorted(Comparator.comparing(HostNetworkSpec.NetworkAcl::networkAclId))
                        .toList(),
                model.routeTables().stream()
                        .flatMap(table -> present(subnetIds, table).stream())
                        .sorted(Comparator.comparing(HostNetworkSpec.RouteTable::routeTableId))
                        .toList(),
                Optional.ofNullable(model.internetGatewayId())
                        .map(HostNetworkSpec.InternetGateway::new)
                        .orElse(null));
    }

    /** The ACL as a host has it that holds these subnets. */
    public static HostNetworkSpec.NetworkAcl around(Set<String> subnetIds, HostNetworkSpec.NetworkAcl acl) {
        return new HostNetworkSpec.NetworkAcl(
                acl.networkAclId(),
                acl.subnetIds().stream().filter(subnetIds::contains).sorted().toList(),
                acl.ingress(),
                acl.egress());
    }

    /** The route table as a host has it that holds these subnets; none where it says nothing that holds without it. */
    public static Optional<HostNetworkSpec.RouteTable> present(
            Set<String> subnetIds, HostNetworkSpec.RouteTable table) {
        var here =
                table.subnetIds().stream().filter(subnetIds::contains).sorted().toList();
        return here.isEmpty() || table.routes().isEmpty()
                ? Optional.empty()
                : Optional.of(new HostNetworkSpec.RouteTable(table.routeTableId(), here, table.routes()));
    }

    private static List<AddressSetSpec.Entry> entries(VpcModel model, Predicate<Port> member) {
        return model.ports().stream()
                .filter(member)
                .flatMap(VpcCompiler::entries)
                .sorted(Comparator.comparing(AddressSetSpec.Entry::address))
                .toList();
    }

    private static Stream<AddressSetSpec.Entry> entries(Port port) {
        return port.addresses().stream()
                .map(address -> new AddressSetSpec.Entry(address, port.networkInterfaceId(), port.host()));
    }
}
