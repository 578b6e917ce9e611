package io.minicloud.controller.publicaddress;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatewayAddressesTest {
    private final NatGateway first = gateway("first", "2026-01-01T00:00:00Z");
    private final NatGateway second = gateway("second", "2026-01-02T00:00:00Z");
    private final Map<String, NetworkInterface> interfaces = Map.of("first", eni("first"), "second", eni("second"));

    @Test
    void ofTwoTheSeniorOneHasItUnlessTheOtherHasItAlready() {
        assertThat(holder(eip("", null))).contains(first);
        assertThat(holder(eip("", "second"))).contains(second);
    }

    @Test
    void anElasticIpThatNamesSomethingIsNoGatewaysUnlessOneHasItAlready() {
        assertThat(holder(eip("instanceRef: {name: web}", null))).isEmpty();
        assertThat(holder(eip("networkInterfaceRef: {name: web-eth0}", null))).isEmpty();
        assertThat(holder(eip("instanceRef: {name: web}", "first"))).contains(first);
    }

    @Test
    void aGatewayThatGoesKeepsItAndTakesNone() {
        first.getMetadata().setDeletionTimestamp("2026-01-03T00:00:00Z");

        assertThat(holder(eip("", "first"))).contains(first);
        assertThat(holder(eip("", null))).contains(second);
    }

    @Test
    void theInterfaceOfAGatewayHasOnlyTheAddressThatTheGatewayNames() {
        var eni = eni("first");

        assertThat(GatewayAddresses.associated(first, eni, List.of(eip("", "first"))))
                .isPresent();
        assertThat(GatewayAddresses.associated(first, eni, List.of(eip("", "second"))))
                .isEmpty();
        var other = named(eip("networkInterfaceRef: {name: first-nat}", "first"), "other", "2026-01-01T00:00:00Z");
        assertThat(GatewayAddresses.associated(first, eni, List.of(other))).isEmpty();
        assertThat(Associations.names(other, eni)).isFalse();
        assertThat(Associations.winner(eni, List.of(other))).isEmpty();
    }

    private Optional<NatGateway> holder(ElasticIp eip) {
        return GatewayAddresses.holder(
                eip,
                List.of(second, first),
                gateway ->
                        Optional.ofNullable(interfaces.get(gateway.getMetadata().getName())));
    }

    private static NatGateway gateway(String name, String created) {
        return named(Serialization.unmarshal("spec: {elasticIpRef: {name: nat}}", NatGateway.class), name, created);
    }

    private static ElasticIp eip(String spec, @Nullable String holder) {
        var associated = holder == null ? null : Associations.interfaceId(eni(holder));
        return named(
                Serialization.unmarshal(
                        "spec: {%s}\nstatus: {publicIp: 203.0.113.1, networkInterfaceId: %s}"
                                .formatted(spec, associated),
                        ElasticIp.class),
                "nat",
                "2026-01-01T00:00:00Z");
    }

    private static NetworkInterface eni(String gateway) {
        return named(
                Serialization.unmarshal(
                        "spec: {attachment: {natGatewayRef: {name: %s}, deviceIndex: 0}}".formatted(gateway),
                        NetworkInterface.class),
                gateway + "-nat",
                "2026-01-01T00:00:00Z");
    }

    private static <R extends HasMetadata> R named(R object, String name, String created) {
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp(created)
                .build());
        return object;
    }
}
