package io.minicloud.controller.ec2.networkinterface;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.derived.Derived;
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

        assertThat(told(eni, Optional.of(nat))).isEqualTo("NatGateway nat");
    }

    @Test
    void oneThatNamesAGatewayWhichDidNotMakeItIsRefused() {
        eni.setMetadata(new ObjectMetaBuilder().withName("mine").build());
        assertThat(told(eni, Optional.of(nat)))
                .startsWith("OperationNotPermitted")
                .contains("NatGateway nat");

        eni.setMetadata(Derived.child(gateway("uid-of-one-before"), "nat-nat"));
        assertThat(told(eni, Optional.of(nat))).startsWith("OperationNotPermitted");
        assertThat(told(eni, Optional.empty())).startsWith("NatGatewayNotFound").contains("NatGateway nat");
    }

    @Test
    void oneThatNamesNoGatewayIsNobodys() {
        var own = Serialization.unmarshal(
                "spec: {subnetRef: {name: a}, attachment: {instanceRef: {name: web}, deviceIndex: 0}}",
                NetworkInterface.class);

        assertThat(told(own, Optional.empty())).isEqualTo("nobody");
    }

    private static String told(NetworkInterface eni, Optional<NatGateway> named) {
        return Judgement.fold(
                RequesterRules.madeBy(eni, named),
                found -> found.map(
                                gateway -> "NatGateway " + gateway.getMetadata().getName())
                        .orElse("nobody"),
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
