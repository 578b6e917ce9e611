package io.minicloud.controller.ec2.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.api.ec2.SubnetStatus;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcSpec;
import io.minicloud.controller.vpcrange.VpcFixture;
import io.minicloud.controller.vpcrange.VpcRanges;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By hand, after https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html. */
class CidrAssociationsTest {
    private static final String SECOND = "10.2.0.0/16";

    private final List<Subnet> subnets = new ArrayList<>();
    private final List<String> destinations = new ArrayList<>(List.of("0.0.0.0/0"));
    private int quota = 5;

    @Test
    void aVpcWithoutSecondaryRangesHasThePrimaryOneAlone() {
        assertThat(judged(vpc())).containsExactly("10.0.0.0/16 associated");
        assertThat(reason(vpc())).isEqualTo("none");
        assertThat(CidrAssociations.of(vpc(), around()).set().getFirst().associationId())
                .matches("vpc-cidr-assoc-[0-9a-f]{17}");
    }

    @Test
    void whatIsAskedForIsAssociatedInItsOrder() {
        var vpc = vpc(SECOND, "100.64.0.0/24");

        assertThat(judged(vpc))
                .containsExactly("10.0.0.0/16 associated", "10.2.0.0/16 associated", "100.64.0.0/24 associated");
        assertThat(CidrAssociations.of(vpc, around()).set())
                .extracting(entry -> entry.associationId())
                .doesNotHaveDuplicates();
        assertThat(reason(vpc)).as("nobody builds on it yet").isEqualTo("CidrBlocksPending");
        assertThat(reason(has(vpc(SECOND), SECOND, "associated"))).isEqualTo("none");
    }

    @Test
    void oneThatCannotBeTakenStopsNoOther() {
        var vpc = vpc("192.168.0.0/24", SECOND);

        assertThat(judged(vpc))
                .containsExactly("10.0.0.0/16 associated", "192.168.0.0/24 failed", "10.2.0.0/16 associated");
        assertThat(message(vpc, "192.168.0.0/24"))
                .startsWith("InvalidVpcRange: ")
                .contains("choose another range");
        assertThat(CidrAssociations.of(vpc, around()).hindrance())
                .hasValueSatisfying(why -> assertThat(why.message()).startsWith("192.168.0.0/24: "));
        assertThat(reason(vpc)).isEqualTo("InvalidVpcRange");
    }

    /** AWS: "The CIDR block must not be the same or larger than a destination CIDR range in a route". */
    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.0/16", "10.2.7.0/24"})
    void aRangeThatHoldsADestinationOfARouteFails(String destination) {
        destinations.add(destination);

        assertThat(judged(vpc(SECOND))).containsExactly("10.0.0.0/16 associated", "10.2.0.0/16 failed");
        assertThat(message(vpc(SECOND), SECOND)).startsWith("InvalidVpcRange: ").contains(destination);
        assertThat(judged(has(vpc(SECOND), SECOND, "associated")))
                .as("one that is in force stays so")
                .containsExactly("10.0.0.0/16 associated", "10.2.0.0/16 associated");
    }

    /** AWS: a range that is smaller than the destination is taken. */
    @Test
    void aRangeWithinADestinationIsTaken() {
        destinations.add("10.2.0.0/15");

        assertThat(judged(vpc(SECOND))).contains("10.2.0.0/16 associated");
    }

    /** AWS: CidrLimitExceeded. */
    @Test
    void beyondTheQuotaARangeFails() {
        quota = 2;

        assertThat(judged(vpc(SECOND, "10.3.0.0/16")))
                .containsExactly("10.0.0.0/16 associated", "10.2.0.0/16 associated", "10.3.0.0/16 failed");
        assertThat(message(vpc(SECOND, "10.3.0.0/16"), "10.3.0.0/16"))
                .startsWith("CidrLimitExceeded: ")
                .contains("2 ranges", "quotas.cidrBlocksPerVpc");
        assertThat(judged(has(vpc("10.3.0.0/16", SECOND), SECOND, "associated")))
                .as("who has it keeps it")
                .containsExactly("10.0.0.0/16 associated", "10.3.0.0/16 failed", "10.2.0.0/16 associated");
    }

    /** AWS: DependencyViolation while subnets are in it. */
    @Test
    void aRangeGoesWithTheLastSubnetInIt() {
        var vpc = has(vpc(), SECOND, "associated");
        subnets.add(subnet("inside", "10.2.1.0/24", true));
        subnets.add(subnet("refused", "10.2.2.0/24", false));
        subnets.add(subnet("elsewhere", "10.0.1.0/24", true));

        assertThat(judged(vpc)).containsExactly("10.0.0.0/16 associated", "10.2.0.0/16 disassociating");
        assertThat(reason(vpc)).isEqualTo("DependencyViolation");
        assertThat(message(vpc, SECOND))
                .startsWith("DependencyViolation: ")
                .contains("Subnet inside")
                .doesNotContain("refused", "elsewhere");
        var leaving = has(vpc(), SECOND, "disassociating");
        assertThat(judged(leaving)).contains("10.2.0.0/16 disassociating");

        subnets.removeFirst();

        assertThat(judged(leaving)).containsExactly("10.0.0.0/16 associated");
        assertThat(reason(leaving)).isEqualTo("CidrBlocksPending");
    }

    /** A subnet may have been accepted in it a moment ago, of which this pass does not know. */
    @Test
    void aRangeTakesNoNewSubnetBeforeItGoes() {
        assertThat(judged(has(vpc(), SECOND, "associated")))
                .containsExactly("10.0.0.0/16 associated", "10.2.0.0/16 disassociating");
        assertThat(judged(has(vpc(SECOND), SECOND, "disassociating")))
                .as("asked for again")
                .containsExactly("10.0.0.0/16 associated", "10.2.0.0/16 associated");
    }

    @Test
    void whatOverlapsARangeThatGoesWaitsForItsEnd() {
        subnets.add(subnet("inside", "10.2.1.0/24", true));
        var vpc = has(vpc("10.2.0.0/20"), SECOND, "disassociating");

        assertThat(judged(vpc))
                .containsExactly("10.0.0.0/16 associated", "10.2.0.0/20 failed", "10.2.0.0/16 disassociating");

        subnets.clear();
        assertThat(judged(vpc)).contains("10.2.0.0/20 failed");
        assertThat(judged(vpc("10.2.0.0/20"))).contains("10.2.0.0/20 associated");
    }

    @Test
    void oneThatFailedIsNotInForce() {
        var vpc = has(has(has(vpc(), SECOND, "associated"), "10.3.0.0/16", "failed"), "10.4.0.0/16", "disassociating");

        assertThat(VpcRanges.inForce(vpc)).containsExactly("10.0.0.0/16", SECOND, "10.4.0.0/16");
        assertThat(VpcRanges.open(vpc)).containsExactly("10.0.0.0/16", SECOND);
        assertThat(VpcRanges.inForce(vpc("10.5.0.0/16")))
                .as("asked for is not in force")
                .containsExactly("10.0.0.0/16");
        assertThat(VpcRanges.claimed(vpc("10.5.0.0/16"))).containsExactly("10.0.0.0/16", "10.5.0.0/16");
    }

    private List<String> judged(Vpc vpc) {
        return CidrAssociations.of(vpc, around()).set().stream()
                .map(entry -> entry.cidrBlock() + " " + entry.cidrBlockState().state())
                .toList();
    }

    private String reason(Vpc vpc) {
        return CidrAssociations.of(vpc, around())
                .hindrance()
                .map(why -> why.reason().name())
                .orElse("none");
    }

    private String message(Vpc vpc, String range) {
        return CidrAssociations.of(vpc, around()).set().stream()
                .filter(entry -> entry.cidrBlock().equals(range))
                .findFirst()
                .orElseThrow()
                .cidrBlockState()
                .statusMessage();
    }

    private CidrAssociations.Around around() {
        return new CidrAssociations.Around(subnets, destinations, quota);
    }

    private static Vpc has(Vpc vpc, String range, String state) {
        return VpcFixture.withRange(vpc, range, state);
    }

    private static Vpc vpc(String... secondary) {
        var vpc = new Vpc();
        vpc.setMetadata(
                new ObjectMetaBuilder().withName("main").withUid("uid-main").build());
        vpc.setSpec(new VpcSpec("10.0.0.0/16", List.of(secondary), null, null, null, null));
        return vpc;
    }

    private static Subnet subnet(String name, String range, boolean stands) {
        var subnet = new Subnet();
        subnet.setMetadata(new ObjectMetaBuilder().withName(name).build());
        subnet.setSpec(new SubnetSpec(new LocalRef("main"), range, "home-1a", null, null));
        subnet.setStatus(new SubnetStatus(
                null, null, stands ? "arn:aws:ec2:home-1:1:subnet/s" : null, null, null, null, null, null, null));
        return subnet;
    }
}
