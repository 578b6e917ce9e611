package io.minicloud.controller.ec2.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.api.ec2.SubnetStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcSpec;
import io.minicloud.controller.vpcrange.VpcFixture;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SubnetRulesTest {
    private static final Set<String> ZONES = Set.of("home-1a");
    private static final SubnetStatus ACCEPTED = new SubnetStatus(
            List.of(new Condition("Accepted", "True", 1L, "", "Accepted", "")),
            1L,
            null,
            null,
            null,
            null,
            null,
            0,
            null);

    @Test
    void acceptsARangeInsideTheVpc() {
        assertThat(judge(subnet("a", "10.0.1.0/24", 1))).isInstanceOf(Resolution.Resolved.class);
    }

    @Test
    void refusesARangeOutsideTheVpc() {
        assertThat(reason(judge(subnet("a", "10.1.0.0/24", 1)))).isEqualTo(SubnetReason.InvalidSubnetRange);
    }

    @Test
    void aSecondaryRangeTakesSubnetsWhileItIsAssociated() {
        assertThat(judgeIn("associated", subnet("a", "100.64.0.0/25", 1))).isInstanceOf(Resolution.Resolved.class);
        assertThat(judgeIn("associated", subnet("a", "100.64.0.0/23", 1))).isInstanceOf(Resolution.Waiting.class);
        assertThat(reason(judgeIn("failed", subnet("a", "100.64.0.0/25", 1))))
                .isEqualTo(SubnetReason.InvalidSubnetRange);
        assertThat(reason(judge(subnet("a", "100.64.0.0/25", 1)))).isEqualTo(SubnetReason.InvalidSubnetRange);
    }

    @Test
    void aRangeThatGoesKeepsTheSubnetsThatAreInIt() {
        var held = subnet("a", "100.64.0.0/25", 1);
        held.setStatus(ACCEPTED);

        assertThat(judgeIn("disassociating", held)).isInstanceOf(Resolution.Resolved.class);
        assertThat(reason(judgeIn("disassociating", subnet("b", "100.64.0.128/25", 1))))
                .isEqualTo(SubnetReason.InvalidSubnetRange);
    }

    @Test
    void refusesAZoneThatNoHostServes() {
        var subnet = subnet("a", "10.0.1.0/24", 1);

        assertThat(reason(SubnetRules.judge(subnet, vpc(), List.of(), Set.of("home-1b"))))
                .isEqualTo(SubnetReason.InvalidZone);
    }

    @Test
    void theOlderOfTwoWins() {
        var older = subnet("z", "10.0.0.0/20", 1);
        var younger = subnet("a", "10.0.1.0/24", 2);

        assertThat(judge(older, younger)).isInstanceOf(Resolution.Resolved.class);
        assertThat(reason(judge(younger, older))).isEqualTo(SubnetReason.InvalidSubnetConflict);
        assertThat(((Resolution.Waiting<Vpc>) judge(younger, older)).message()).contains("Subnet z");
    }

    @Test
    void ofTheSameSecondTheFirstByNameWins() {
        assertThat(judge(subnet("a", "10.0.1.0/24", 1), subnet("b", "10.0.1.0/24", 1)))
                .isInstanceOf(Resolution.Resolved.class);
        assertThat(reason(judge(subnet("b", "10.0.1.0/24", 1), subnet("a", "10.0.1.0/24", 1))))
                .isEqualTo(SubnetReason.InvalidSubnetConflict);
    }

    @Test
    void whoHasTheRangeKeepsIt() {
        var holder = subnet("z", "10.0.1.0/24", 1);
        holder.setStatus(ACCEPTED);

        assertThat(judge(holder, subnet("a", "10.0.1.0/24", 1))).isInstanceOf(Resolution.Resolved.class);
    }

    @Test
    void whoWasRefusedStandsInNobodysWay() {
        var first = subnet("a", "10.0.0.0/24", 1);
        var refused = subnet("b", "10.0.0.0/20", 2);
        var third = subnet("c", "10.0.1.0/24", 3);

        assertThat(reason(judge(refused, first, third))).isEqualTo(SubnetReason.InvalidSubnetConflict);
        assertThat(judge(third, first, refused)).isInstanceOf(Resolution.Resolved.class);
    }

    @Test
    void aSiblingOutsideTheVpcStandsInNobodysWay() {
        var outside = subnet("a", "10.0.0.0/8", 1);

        assertThat(judge(subnet("b", "10.0.0.0/24", 2), outside)).isInstanceOf(Resolution.Resolved.class);
    }

    /** Whatever is asked for: no two that were accepted overlap, and who was refused stands in the way of one who was. */
    @Property(tries = 200)
    void givesOutDisjointRangesAndRefusesNoneWithoutNeed(
            @ForAll @Size(max = 30) List<@IntRange(max = 1023) Integer> wishes) {
        var all = new ArrayList<Subnet>();
        wishes.forEach(wish -> all.add(subnet("s" + all.size(), wish(wish), all.size() % 10)));

        var accepted = all.stream()
                .filter(subnet -> SubnetRules.judge(subnet, vpc(), all, ZONES) instanceof Resolution.Resolved<Vpc>)
                .toList();

        for (var subnet : all) {
            var rivals = SubnetRules.overlapping(subnet, accepted);
            assertThat(rivals.findFirst().isEmpty()).as(subnet.toString()).isEqualTo(accepted.contains(subnet));
        }
    }

    /** A range of 10.0.0.0/22: its place and its prefix in one number. */
    private static String wish(int number) {
        var prefix = 22 + number % 7;
        var size = 1 << 32 - prefix;
        var start = number / size * size;
        return "10.0.%d.%d/%d".formatted(start >> 8, start & 255, prefix);
    }

    private static Resolution<Vpc> judgeIn(String state, Subnet subnet) {
        return SubnetRules.judge(subnet, VpcFixture.withRange(vpc(), "100.64.0.0/24", state), List.of(), ZONES);
    }

    private static Resolution<Vpc> judge(Subnet subnet, Subnet... siblings) {
        return SubnetRules.judge(subnet, vpc(), List.of(siblings), ZONES);
    }

    private static Enum<?> reason(Resolution<Vpc> judged) {
        return switch (judged) {
            case Resolution.Waiting<Vpc> waiting -> waiting.reason();
            case Resolution.Invalid<Vpc> invalid -> invalid.reason();
            case Resolution.Resolved<Vpc> resolved -> throw new AssertionError("accepted");
        };
    }

    private static Vpc vpc() {
        var vpc = new Vpc();
        vpc.setMetadata(new ObjectMetaBuilder().withName("main").build());
        vpc.setSpec(new VpcSpec("10.0.0.0/16", null, true, false, null, null));
        return vpc;
    }

    private static Subnet subnet(String name, String cidr, int second) {
        var subnet = new Subnet();
        subnet.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withCreationTimestamp("2026-11-21T10:00:0" + second + "Z")
                .build());
        subnet.setSpec(new SubnetSpec(new LocalRef("main"), cidr, "home-1a", null, null));
        return subnet;
    }
}
