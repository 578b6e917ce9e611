package io.minicloud.agent.stage;

import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.reconcile.identity.Sha256;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The host objects of a VPC that nobody else has: its ids are drawn by lot. */
public final class Vpc {
    private final String run = UUID.randomUUID().toString();

    /** The AWS id of a thing of this VPC. */
    public String id(String prefix, String name) {
        return prefix + "-0" + Sha256.hex(run + name).substring(0, 16);
    }

    /** The AWS id of the VPC. */
    public String vpcId() {
        return id("vpc", "v");
    }

    /** The network with these subnets, by name and third octet, and the default group. */
    public HostNetwork network(@Nullable String link, int... octets) {
        var subnets = java.util.Arrays.stream(octets)
                .mapToObj(octet -> new HostNetworkSpec.Subnet(id("subnet", "s" + octet), range(octet), 1400))
                .toList();
        var everywhere = new HostNetworkSpec.Rule("-1", null, null, "0.0.0.0/0", null);
        var members = new HostNetworkSpec.Rule("-1", null, null, null, group());
        return FakeFramework.object(
                new HostNetwork(),
                vpcId(),
                new HostNetworkSpec(
                        vpcId(),
                        List.of("10.0.0.0/16"),
                        new HostNetworkSpec.Dns(true, "home-1.compute.internal", true),
                        link,
                        subnets,
                        List.of(new HostNetworkSpec.SecurityGroup(group(), List.of(members), List.of(everywhere))),
                        null,
                        null,
                        null));
    }

    /** The AWS id of the internet gateway. */
    public String gatewayId() {
        return id("igw", "g");
    }

    /** The same network with an internet gateway, to which a route of the first subnet leads, and a route that leads nowhere. */
    public HostNetwork withGateway(HostNetwork network) {
        var it = network.getSpec();
        network.setSpec(new HostNetworkSpec(
                it.vpcId(),
                it.cidrBlocks(),
                it.dns(),
                it.linkCidrBlock(),
                it.subnets(),
                it.securityGroups(),
                it.networkAcls(),
                List.of(new HostNetworkSpec.RouteTable(
                        id("rtb", "r"),
                        List.of(id("subnet", "s1")),
                        List.of(
                                new HostNetworkSpec.Route("0.0.0.0/0", "InternetGateway", null),
                                new HostNetworkSpec.Route("192.168.0.0/16", "Blackhole", null)))),
                new HostNetworkSpec.InternetGateway(gatewayId())));
        return network;
    }

    /** The same ENI with a public address. */
    public HostInterface withPublicAddress(HostInterface eni, String address) {
        var it = eni.getSpec();
        eni.setSpec(new HostInterfaceSpec(
                it.networkInterfaceId(),
                it.vpcId(),
                it.subnetId(),
                it.macAddress(),
                it.privateIpAddresses(),
                it.securityGroupIds(),
                it.sourceDestCheck(),
                it.portType(),
                it.hostname(),
                List.of(new HostInterfaceSpec.PublicAddress(
                        it.privateIpAddresses().getFirst(), address))));
        return eni;
    }

    /** An ENI in the first subnet. */
    public HostInterface eni(int number, @Nullable String hostname) {
        var eni = id("eni", "e" + number);
        return FakeFramework.object(
                new HostInterface(),
                eni,
                new HostInterfaceSpec(
                        eni,
                        vpcId(),
                        id("subnet", "s1"),
                        "02:00:00:00:00:0" + number,
                        List.of("10.0.1.1" + number),
                        List.of(group()),
                        true,
                        "Tap",
                        hostname,
                        null));
    }

    /** An ENI in the first subnet for an appliance: without a group and without the source/destination check. */
    public HostInterface applianceEni(int number) {
        var it = eni(number, null).getSpec();
        return FakeFramework.object(
                new HostInterface(),
                it.networkInterfaceId(),
                new HostInterfaceSpec(
                        it.networkInterfaceId(),
                        it.vpcId(),
                        it.subnetId(),
                        it.macAddress(),
                        it.privateIpAddresses(),
                        List.of(),
                        false,
                        "Veth",
                        null,
                        null));
    }

    /** The members of the default group. */
    public AddressSet members(HostInterface... enis) {
        var entries = Stream.of(enis)
                .map(eni -> new AddressSetSpec.Entry(
                        eni.getSpec().privateIpAddresses().getFirst(),
                        eni.getSpec().networkInterfaceId(),
                        "lab"))
                .toList();
        return FakeFramework.object(
                new AddressSet(), group() + "-0", new AddressSetSpec(group(), vpcId(), "SecurityGroup", 0, entries));
    }

    private String group() {
        return id("sg", "default");
    }

    private static String range(int octet) {
        return "10.0." + octet + ".0/24";
    }
}
