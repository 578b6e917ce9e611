package io.minicloud.controller.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultSubnetTest {
    private final Vpc defaultVpc = vpc("default", true, "True");
    private final Subnet a = subnet("default-home-1a", "home-1a", "default", "True");
    private final Subnet b = subnet("default-home-1b", "home-1b", "default", "True");
    private final Subnet others = subnet("mine", "home-1a", "main", "True");

    @Test
    void isOneOfTheDefaultVpcInAZoneWithRoom() {
        assertThat(chosen(List.of(b, a, others), "home-1a", "home-1b")).isEqualTo("default-home-1a");
        assertThat(chosen(List.of(b, a, others), "home-1b")).isEqualTo("default-home-1b");
        assertThat(chosen(List.of(b, a, others)))
                .as("where none has room, it waits in the first")
                .isEqualTo("default-home-1a");
    }

    /** A subnet that a person made in the default VPC is none of the default ones. */
    @Test
    void anotherSubnetOfTheVpcIsNoDefaultOne() {
        assertThat(chosen(List.of(others), "home-1a")).startsWith("MissingInput");
        assertThat(chosen(List.of(subnet("late", "home-1a", "default", "False")), "home-1a"))
                .startsWith("MissingInput");
    }

    @Test
    void whereTheInstanceIsPlacedItStays() {
        assertThat(choose(List.of(defaultVpc), List.of(a, b), Optional.of("home-1b"), Set.of("home-1a")))
                .isEqualTo("default-home-1b");
        assertThat(choose(List.of(defaultVpc), List.of(a), Optional.of("home-1b"), Set.of("home-1a")))
                .startsWith("MissingInput");
    }

    @Test
    void withoutADefaultVpcThereIsNone() {
        for (var none :
                List.of(List.<Vpc>of(), List.of(vpc("main", false, "True")), List.of(vpc("second", true, "False")))) {
            assertThat(choose(none, List.of(a, b), Optional.empty(), Set.of("home-1a")))
                    .startsWith("VPCIdNotSpecified");
        }
    }

    private String chosen(List<Subnet> subnets, String... withRoom) {
        return choose(List.of(defaultVpc), subnets, Optional.empty(), Set.of(withRoom));
    }

    private static String choose(List<Vpc> vpcs, List<Subnet> subnets, Optional<String> zone, Set<String> withRoom) {
        Resolution<Subnet> choice = DefaultSubnet.choose(vpcs, subnets, zone, withRoom::contains);
        return Judgement.fold(
                choice, subnet -> subnet.getMetadata().getName(), (reason, message) -> reason + " " + message);
    }

    private static Vpc vpc(String name, boolean isDefault, String accepted) {
        return Serialization.unmarshal("""
                metadata: {name: %1$s, uid: uid-%1$s, generation: 1, creationTimestamp: "2026-11-22T10:00:00Z"}
                spec: {cidrBlock: 172.31.0.0/16, isDefault: %2$s}
                status: {conditions: [{type: Accepted, status: "%3$s", reason: Test, observedGeneration: 1}]}
                """.formatted(name, isDefault, accepted), Vpc.class);
    }

    private static Subnet subnet(String name, String zone, String owner, String accepted) {
        return Serialization.unmarshal("""
                metadata: {name: %s, generation: 1, ownerReferences: [{uid: uid-%s, controller: true}]}
                spec: {vpcRef: {name: default}, availabilityZone: %s}
                status: {conditions: [{type: Accepted, status: "%s", reason: Test, observedGeneration: 1}]}
                """.formatted(name, owner, zone, accepted), Subnet.class);
    }
}
