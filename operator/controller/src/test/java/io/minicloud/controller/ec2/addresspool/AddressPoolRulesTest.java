package io.minicloud.controller.ec2.addresspool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.AddressPoolSpec;
import io.minicloud.api.ec2.AddressPoolStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcSpec;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressPoolRulesTest {
    @Test
    void acceptsRangesThatAreNobodyElses() {
        var pool = pool("a", 1, "203.0.113.0/26", "198.51.100.7/32");

        assertThat(judge(pool, List.of(pool, pool("b", 2, "203.0.113.64/26")), List.of(vpc("10.0.0.0/16"))))
                .isEqualTo("[203.0.113.0/26, 198.51.100.7/32]");
    }

    @Test
    void theOlderOfTwoWinsAndIsNamed() {
        var older = pool("z", 1, "203.0.113.0/24");
        var younger = pool("a", 2, "203.0.113.16/28");

        assertThat(judge(older, List.of(younger), List.of())).isEqualTo("[203.0.113.0/24]");
        assertThat(judge(younger, List.of(older), List.of()))
                .startsWith("AddressPoolConflict: 203.0.113.16/28 overlaps 203.0.113.0/24 of AddressPool z");
    }

    @Test
    void aRangeOfAVpcIsRefusedUnlessThePoolHadItFirst() {
        var pool = pool("a", 1, "10.0.5.0/24");

        assertThat(judge(pool, List.of(), List.of(vpc("10.0.0.0/16"))))
                .startsWith("VpcConflict: 10.0.5.0/24 overlaps 10.0.0.0/16 of Vpc lab/main");
        assertThat(judge(accepted(pool, "10.0.5.0/24"), List.of(), List.of(vpc("10.0.0.0/16"))))
                .isEqualTo("[10.0.5.0/24]");
    }

    @Test
    void aRangeThatAVpcAsksForOrHasIsRefusedToo() {
        var pool = pool("a", 1, "203.0.113.0/26");
        var vpc = vpc("10.0.0.0/16");
        assertThat(AddressPoolRules.isConcerned(accepted(pool, "203.0.113.0/26"), VpcRanges.claimed(vpc)))
                .isFalse();

        vpc.setSpec(new VpcSpec("10.0.0.0/16", List.of("203.0.113.0/24"), null, null, null, null));

        assertThat(judge(pool("a", 1, "203.0.113.0/26"), List.of(), List.of(vpc)))
                .startsWith("VpcConflict: 203.0.113.0/26 overlaps 203.0.113.0/24 of Vpc lab/main");
        assertThat(AddressPoolRules.isConcerned(accepted(pool, "203.0.113.0/26"), VpcRanges.claimed(vpc)))
                .isTrue();
        assertThat(AddressPoolRules.isConcerned(pool("a", 1, "198.51.100.0/26"), VpcRanges.claimed(vpc)))
                .as("one that waits for a range that was let go")
                .isTrue();
    }

    @Test
    void aPoolThatGrowsTakesNothingThatAnotherHas() {
        var older = accepted(pool("a", 1, "203.0.113.0/26", "198.51.100.0/24"), "203.0.113.0/26");
        var younger = accepted(pool("b", 2, "198.51.100.0/26"), "198.51.100.0/26");

        assertThat(judge(older, List.of(younger), List.of()))
                .startsWith("AddressPoolConflict")
                .contains("AddressPool b");
        assertThat(judge(younger, List.of(older), List.of())).isEqualTo("[198.51.100.0/26]");
    }

    private static String judge(AddressPool pool, List<AddressPool> pools, List<Vpc> vpcs) {
        Resolution<List<String>> judged = AddressPoolRules.judge(pool, pools, vpcs);
        return Judgement.fold(judged, List::toString, (reason, message) -> reason + ": " + message);
    }

    private static Vpc vpc(String cidrBlock) {
        var vpc = new Vpc();
        vpc.setMetadata(
                new ObjectMetaBuilder().withNamespace("lab").withName("main").build());
        vpc.setSpec(new VpcSpec(cidrBlock, null, null, null, null, null));
        return vpc;
    }

    private static AddressPool pool(String name, int age, String... ranges) {
        var pool = new AddressPool();
        pool.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp("2026-11-22T10:00:0" + age + "Z")
                .build());
        pool.setSpec(new AddressPoolSpec(List.of(ranges), "Routed", null, null));
        return pool;
    }

    private static AddressPool accepted(AddressPool pool, String... ranges) {
        pool.setStatus(new AddressPoolStatus(
                List.of(new Condition("Accepted", "True", 1L, "", "Accepted", "")),
                1L,
                "ipv4pool-ec2-1",
                List.of(ranges),
                0,
                0));
        return pool;
    }
}
