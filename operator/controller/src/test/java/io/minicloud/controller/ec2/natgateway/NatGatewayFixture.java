package io.minicloud.controller.ec2.natgateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.Vpc;
import org.jspecify.annotations.Nullable;

/** Gateways, and what they name, for pure tests. */
final class NatGatewayFixture {
    private NatGatewayFixture() {}

    /** A public gateway that names ElasticIp {@code nat}. */
    static NatGateway gateway(String name, @Nullable String host) {
        return named(Serialization.unmarshal("""
                        spec: {subnetRef: {name: public}, connectivityType: public, elasticIpRef: {name: nat}}
                        status: {host: %s}
                        """.formatted(host), NatGateway.class), name);
    }

    static ElasticIp eip(String spec, @Nullable String publicIp) {
        return named(
                Serialization.unmarshal(
                        "spec: {%s}\nstatus: {publicIp: %s}".formatted(spec, publicIp), ElasticIp.class),
                "nat");
    }

    static Vpc vpc(String cidrBlock) {
        return named(Serialization.unmarshal("spec: {cidrBlock: %s}".formatted(cidrBlock), Vpc.class), "main");
    }

    static <R extends HasMetadata> R named(R object, String name) {
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        return object;
    }
}
