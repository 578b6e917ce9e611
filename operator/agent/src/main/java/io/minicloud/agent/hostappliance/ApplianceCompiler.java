package io.minicloud.agent.hostappliance;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.Appliance;
import io.minicloud.agent.network.Router;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the objects of the host API to the plain records of an appliance. */
final class ApplianceCompiler {
    private final AgentSettings settings;

    ApplianceCompiler(AgentSettings settings) {
        this.settings = settings;
    }

    /** The tag on everything of an appliance. */
    OwnerTag owner(HostAppliance appliance) {
        return new OwnerTag(
                settings.installationId(),
                settings.hostNamespace(),
                "hostappliance",
                appliance.getMetadata().getUid());
    }

    /**
     * The appliance that is wanted.
     *
     * @param interfaces those that it names, as far as they are there
     * @param network that of its VPC; empty while it is not there
     * @throws IllegalArgumentException when a text is not what it should be
     */
    Resolution<Appliance> compile(
            HostAppliance appliance, Collection<HostInterface> interfaces, Optional<HostNetwork> network) {
        var spec = appliance.getSpec();
        if (spec.proxy() != null && spec.sourceNat() != null) {
            return new Resolution.Invalid<>(
                    HostApplianceReason.Invalid, "an appliance forwards or is a proxy: name sourceNat or proxy");
        }
        if (network.isEmpty()) {
            return new Resolution.Waiting<>(
                    HostApplianceReason.AwaitingNetwork, "HostNetwork " + spec.vpcId() + " is not there");
        }
        return enis(spec, interfaces, network.get().getSpec())
                .then(enis -> new Resolution.Resolved<>(new Appliance(
                        spec.applianceId(),
                        owner(appliance),
                        spec.vpcId(),
                        enis,
                        sourceNat(spec.sourceNat()),
                        ports(spec.proxy()),
                        spec.proxy() != null && spec.proxy().preservesClientAddresses(),
                        BalancedPorts.of(spec.proxy(), HostApplianceStatusFactory.before(appliance)))));
    }

    private static Resolution<List<Appliance.Interface>> enis(
            HostApplianceSpec spec, Collection<HostInterface> interfaces, HostNetworkSpec network) {
        var enis = new ArrayList<Appliance.Interface>();
        for (var wanted : spec.interfaces()) {
            var eni = eni(spec, wanted.hostInterfaceName(), interfaces, network);
            if (eni instanceof Resolution.Resolved<Appliance.Interface>(var found)) {
                enis.add(found);
            } else {
                return eni.then(never -> new Resolution.Resolved<>(List.of(never)));
            }
        }
        return new Resolution.Resolved<>(enis);
    }

    private static Resolution<Appliance.Interface> eni(
            HostApplianceSpec spec, String name, Collection<HostInterface> interfaces, HostNetworkSpec network) {
        var found = interfaces.stream()
                .filter(eni -> eni.getMetadata().getName().equals(name))
                .filter(eni -> eni.getMetadata().getDeletionTimestamp() == null)
                .map(HostInterface::getSpec)
                .findFirst();
        if (found.isEmpty()) {
            return new Resolution.Waiting<>(
                    HostApplianceReason.AwaitingInterfaces, "HostInterface " + name + " is not there");
        }
        var refusal = refusal(spec, name, found.get());
        if (refusal.isPresent()) {
            return new Resolution.Invalid<>(HostApplianceReason.Invalid, refusal.get());
        }
        return subnet(network, found.get().subnetId())
                .<Resolution<Appliance.Interface>>map(subnet -> new Resolution.Resolved<>(eni(found.get(), subnet)))
                .orElseGet(() -> new Resolution.Waiting<>(
                        HostApplianceReason.AwaitingNetwork,
                        "HostNetwork " + spec.vpcId() + " has no subnet "
                                + found.get().subnetId() + ", in which HostInterface " + name + " lies"));
    }

    private static Optional<String> refusal(HostApplianceSpec spec, String name, HostInterfaceSpec eni) {
        if (!eni.vpcId().equals(spec.vpcId())) {
            return Optional.of(
                    "HostInterface %s is in %s: name one that is in %s".formatted(name, eni.vpcId(), spec.vpcId()));
        }
        return eni.portType().equals("Veth")
                ? Optional.empty()
                : Optional.of("HostInterface %s is a port of a virtual machine: name one whose portType is Veth"
                        .formatted(name));
    }

    private static Optional<Router.Subnet> subnet(HostNetworkSpec network, String subnetId) {
        return Stream.ofNullable(network.subnets())
                .flatMap(List::stream)
                .filter(subnet -> subnet.subnetId().equals(subnetId))
                .map(subnet -> new Router.Subnet(subnet.subnetId(), subnet.cidrBlock(), subnet.mtu()))
                .findFirst();
    }

    private static Appliance.Interface eni(HostInterfaceSpec eni, Router.Subnet subnet) {
        return new Appliance.Interface(eni.networkInterfaceId(), eni.macAddress(), eni.privateIpAddresses(), subnet);
    }

    private static List<Integer> ports(@Nullable ProxySpec proxy) {
        return proxy == null
                ? List.of()
                : proxy.listeners().stream()
                        .filter(listener -> !listener.protocol().equals(BalancedPorts.UDP))
                        .map(ProxyListener::port)
                        .toList();
    }

    private static Appliance.@Nullable SourceNat sourceNat(HostApplianceSpec.@Nullable SourceNat nat) {
        return nat == null
                ? null
                : new Appliance.SourceNat(
                        nat.sourceCidrBlocks(), nat.fromPort(), nat.toPort(), nat.idleTimeoutSeconds());
    }
}
