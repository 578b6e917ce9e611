package io.minicloud.controller.ec2.networkinterface;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.Judgement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequesterRulesTest {
    private final NatGateway nat = gateway("uid-1");
    private final NetworkInterface eni = Serialization.unmarshal(
            "spec: {subnetRef: {name: a}, attachment: {natGatewayRef: {name: nat}, deviceIndex: 0}}",
            NetworkInterface.class);

    @Test
    void theInterfaceThatAGatewayMadeIsItsOwn() {
        eni.setMetadata(Derived.child(nat, "nat-nat"));

        assertThat(told(eni, Optional.of(Requester.of(nat))))
                .isEqualTo("Interface for NAT Gateway " + NatGateways.id(nat));
    }

    @Test
    void oneThatNamesAGatewayWhichDidNotMakeItIsRefused() {
        eni.setMetadata(new ObjectMetaBuilder().withName("mine").build());
        assertThat(told(eni, Optional.of(Requester.of(nat))))
                .startsWith("OperationNotPermitted")
                .contains("NatGateway nat");

        eni.setMetadata(Derived.child(gateway("uid-of-one-before"), "nat-nat"));
        assertThat(told(eni, Optional.of(Requester.of(nat)))).startsWith("OperationNotPermitted");
        assertThat(told(eni, Optional.empty())).startsWith("NatGatewayNotFound").contains("NatGateway nat");
    }

    @Test
    void oneThatNamesNoGatewayIsNobodys() {
        var own = Serialization.unmarshal(
                "spec: {subnetRef: {name: a}, attachment: {instanceRef: {name: web}, deviceIndex: 0}}",
                NetworkInterface.class);

        assertThat(told(own, Optional.empty())).isEqualTo("nobody");
    }

    /** AWS: "ELB app/my-load-balancer/50dc6c495c0c9188". */
    @Test
    void theInterfaceOfANodeIsItsLoadBalancersOwn() {
        var balancer = balancer("application", "uid-1");
        var node = Serialization.unmarshal(
                "spec: {subnetRef: {name: a}, attachment: {loadBalancerRef: {name: web}, deviceIndex: 0}}",
                NetworkInterface.class);
        node.setMetadata(Derived.child(balancer, "web-subnet-1"));

        assertThat(told(node, Optional.of(Requester.of(balancer)))).matches("ELB app/web/[0-9a-f]{16}");
        assertThat(told(node, Optional.of(Requester.of(balancer("application", "uid-of-one-before")))))
                .startsWith("OperationNotPermitted")
                .contains("LoadBalancer web");
        assertThat(told(node, Optional.empty()))
                .startsWith("LoadBalancerNotFound")
                .contains("LoadBalancer web");
        assertThat(Requester.of(balancer).grouped()).isTrue();
        assertThat(Requester.of(balancer).interfaceType()).isEqualTo("interface");
        assertThat(Requester.of(balancer("network", "uid-1"))).satisfies(requester -> {
            assertThat(requester.grouped()).isFalse();
            assertThat(requester.interfaceType()).isEqualTo("network_load_balancer");
            assertThat(requester.description()).matches("ELB net/web/[0-9a-f]{16}");
        });
    }

    private static LoadBalancer balancer(String type, String uid) {
        var balancer = Serialization.unmarshal(
                "spec: {type: %s, scheme: internal, subnetRefs: [{name: a}]}".formatted(type), LoadBalancer.class);
        balancer.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("web")
                .withUid(uid)
                .build());
        return balancer;
    }

    private static String told(NetworkInterface eni, Optional<Requester> named) {
        return Judgement.fold(
                RequesterRules.madeBy(eni, named),
                found -> found.map(requester -> requester.description()).orElse("nobody"),
                (reason, message) -> reason + ": " + message);
    }

    private static NatGateway gateway(String uid) {
        var gateway = new NatGateway();
        gateway.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("nat")
                .withUid(uid)
                .build());
        return gateway;
    }
}
