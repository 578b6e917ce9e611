package io.minicloud.controller.elbv2.targetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.loadbalancing.EstateFixture;
import io.minicloud.controller.loadbalancing.LoadBalancingReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetRulesTest {
    private static final int PLENTY = 1000;

    @Test
    void aTargetHasThePortOfItsGroupOrItsOwn() {
        var judged = judge("instance", "{instanceRef: {name: web}}, {instanceRef: {name: web}, port: 81}", PLENTY);

        assertThat(judged.problem()).isEmpty();
        assertThat(judged.targets())
                .extracting(target -> target.target().port())
                .containsExactly(80, 81);
        assertThat(judged.targets()).extracting(Registered::address).containsOnly("10.0.1.9");
    }

    /** AWS takes a target that is registered twice as one. */
    @Test
    void aTargetThatIsThereTwiceIsOne() {
        assertThat(judge("ip", "{id: 10.0.1.9}, {id: 10.0.1.9, port: 80}", PLENTY)
                        .targets())
                .hasSize(1);
    }

    @Test
    void oneThatMayNotBeIsNamedAndTheOthersStay() {
        var judged = judge("instance", "{instanceRef: {name: far}}, {instanceRef: {name: web}}", PLENTY);

        assertThat(judged.problem().map(Progress::reason)).contains(LoadBalancingReason.InvalidTarget);
        assertThat(judged.problem().map(Progress::message).orElseThrow()).contains("Instance far", "another VPC");
        assertThat(judged.targets()).hasSize(1);
        var lost = judge("ip", "{id: 10.0.2.9}, {id: 10.0.1.9}", PLENTY);
        assertThat(lost.problem().map(Progress::message).orElseThrow()).contains("10.0.2.9");
        assertThat(lost.targets()).extracting(Registered::address).containsExactly("10.0.1.9");
    }

    @Test
    void anInstanceThatDoesNotRunHasNoAddress() {
        assertThat(judge("instance", "{instanceRef: {name: stopped}}", PLENTY).targets())
                .singleElement()
                .satisfies(target -> {
                    assertThat(target.address()).isNull();
                    assertThat(target.state()).isEqualTo("stopped");
                });
        assertThat(judge("instance", "{instanceRef: {name: new}}", PLENTY).targets())
                .singleElement()
                .extracting(Registered::state)
                .isEqualTo("pending");
    }

    @Test
    void anInstanceThatGoesIsNoTarget() {
        var judged = judge("instance", "{instanceRef: {name: going}}", PLENTY);

        assertThat(judged.targets()).isEmpty();
        assertThat(judged.problem()).isEmpty();
    }

    @Test
    void theFirstOfTooManyStay() {
        var judged = judge("ip", "{id: 10.0.1.9}, {id: 10.0.1.10}", 1);

        assertThat(judged.targets()).extracting(Registered::address).containsExactly("10.0.1.9");
        assertThat(judged.problem().map(Progress::reason)).contains(LoadBalancingReason.TooManyTargets);
        assertThat(judged.problem().map(Progress::message).orElseThrow()).contains("quotas.targetsPerLoadBalancer");
    }

    private static Registration judge(String type, String targets, int room) {
        var instances = Map.of(
                "web", instance("running", "vpc-a"),
                "far", instance("running", "vpc-b"),
                "stopped", instance("stopped", "vpc-a"),
                "going", instance("shutting-down", "vpc-a"),
                "new", EstateFixture.object("new", Instance.class, "spec: {}"));
        var subnet = EstateFixture.object(
                "a", Subnet.class, "spec: {vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: a}");
        var group = EstateFixture.object(
                "web",
                TargetGroup.class,
                "spec: {vpcRef: {name: main}, protocol: HTTP, port: 80, targetType: %s, targets: [%s]}"
                        .formatted(type, targets));
        return new TargetRules("vpc-a", ref -> Optional.ofNullable(instances.get(ref.name())), List.of(subnet))
                .judge(group, room);
    }

    private static Instance instance(String state, String vpcId) {
        return EstateFixture.object("web", Instance.class, """
                status: {state: %s, vpcId: %s, privateIpAddress: 10.0.1.9, placement: {availabilityZone: a, host: tower}}
                """.formatted(state, vpcId));
    }
}
