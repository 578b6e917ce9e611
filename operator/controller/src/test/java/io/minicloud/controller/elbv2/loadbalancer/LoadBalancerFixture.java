package io.minicloud.controller.elbv2.loadbalancer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import java.util.List;

/** Load balancers and subnets of the account lab. */
final class LoadBalancerFixture {
    private LoadBalancerFixture() {}

    /** One that was asked for as this says, and has no node. */
    static LoadBalancer balancer(String name, String spec) {
        return named(
                Serialization.unmarshal("spec: {subnetRefs: [{name: a}], %s}".formatted(spec), LoadBalancer.class),
                name);
    }

    static LoadBalancer application(String name) {
        return balancer(name, "type: application, scheme: internet-facing");
    }

    /** Gives it a state and nodes. */
    static LoadBalancer standing(LoadBalancer balancer, String state, AvailabilityZone... nodes) {
        balancer.setStatus(new LoadBalancerStatus(null, null, null, null, state, "vpc-1", List.of(nodes), null));
        return balancer;
    }

    static AvailabilityZone node(Subnet subnet, String state) {
        return new AvailabilityZone(
                subnet.getSpec().availabilityZone(),
                LoadBalancerInputs.subnetId(subnet),
                "tower",
                state,
                List.of(new LoadBalancerStatus.Address(null, null, "10.0.1.4")));
    }

    static Subnet subnet(String name, String zone, String cidrBlock, int free) {
        return named(Serialization.unmarshal("""
                        spec: {vpcRef: {name: main}, cidrBlock: %s, availabilityZone: %s}
                        status: {availableIpAddressCount: %d}
                        """.formatted(cidrBlock, zone, free), Subnet.class), name);
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
