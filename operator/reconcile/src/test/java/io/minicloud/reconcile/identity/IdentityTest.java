package io.minicloud.reconcile.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final String UID = "6f2c1f0e-8a7b-4a52-9c39-0d6f4c1f9f11";

    @Test
    void anIdIsShapedAsAwsShapesIt() {
        assertThat(AwsId.of("vpc", UID)).matches("vpc-0[0-9a-f]{16}").isEqualTo(AwsId.of("vpc", UID));
        assertThat(AwsId.of("subnet", UID).substring("subnet-".length()))
                .isNotEqualTo(AwsId.of("vpc", UID).substring("vpc-".length()));
    }

    @Test
    void aMachineNameFitsAnInterface() {
        assertThat(MachineName.of('b', AwsId.of("subnet", UID)))
                .hasSize(14)
                .startsWith("mcb")
                .isEqualTo(MachineName.of('b', AwsId.of("subnet", UID)));
    }

    @Test
    void anOwnerTagReadsBack() {
        var tag = new OwnerTag("inst", "minicloud-host-tower", "hostnetwork", UID);

        assertThat(OwnerTag.parse(tag.toString())).contains(tag);
        assertThat(OwnerTag.parse("somebody else's comment")).isEmpty();
    }

    @Test
    void anArnIsWhatAwsToolsParse() {
        assertThat(Arn.of("ec2", "home-1", "111122223333", "vpc/vpc-0abc"))
                .isEqualTo("arn:aws:ec2:home-1:111122223333:vpc/vpc-0abc");
        assertThat(Arn.of("s3", "", "", "photos")).isEqualTo("arn:aws:s3:::photos");
    }
}
