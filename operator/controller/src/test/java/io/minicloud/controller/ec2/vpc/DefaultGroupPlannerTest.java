package io.minicloud.controller.ec2.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultGroupPlannerTest {
    private final Vpc vpc = vpc("uid-1");

    /** AWS: the name is default and the description default VPC security group. */
    @Test
    void makesTheGroupThatAwsMakes() {
        var group = made();

        assertThat(group.getMetadata().getName()).isEqualTo("main-default");
        assertThat(group.getMetadata().getNamespace()).isEqualTo("lab");
        assertThat(group.getSpec())
                .isEqualTo(new SecurityGroupSpec(new LocalRef("main"), "default", "default VPC security group", true));
        assertThat(group.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getUid()).isEqualTo("uid-1");
            assertThat(owner.getController()).isTrue();
        });
    }

    @Test
    void theSecondPlanIsEmpty() {
        assertThat(DefaultGroupPlanner.plan(vpc, Optional.of(made())).isEmpty()).isTrue();
    }

    @Test
    void mendsItsGroup() {
        var changed = made();
        changed.setSpec(new SecurityGroupSpec(new LocalRef("main"), "default", "changed", true));

        assertThat(DefaultGroupPlanner.plan(vpc, Optional.of(changed)).apply()).hasSize(1);
    }

    @Test
    void leavesAForeignGroupOfTheNameAlone() {
        var foreign = made();
        foreign.getMetadata().setOwnerReferences(List.of());

        assertThat(DefaultGroupPlanner.isForeign(vpc, Optional.of(foreign))).isTrue();
        assertThat(DefaultGroupPlanner.plan(vpc, Optional.of(foreign)).isEmpty())
                .isTrue();
    }

    @Test
    void theGroupOfAnEarlierVpcOfTheNameIsForeign() {
        assertThat(DefaultGroupPlanner.isForeign(vpc("uid-2"), Optional.of(made())))
                .isTrue();
        assertThat(DefaultGroupPlanner.isForeign(vpc, Optional.of(made()))).isFalse();
        assertThat(DefaultGroupPlanner.isForeign(vpc, Optional.empty())).isFalse();
    }

    private SecurityGroup made() {
        return DefaultGroupPlanner.plan(vpc, Optional.empty()).apply().getFirst();
    }

    private static Vpc vpc(String uid) {
        var vpc = new Vpc();
        vpc.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("main")
                .withUid(uid)
                .build());
        vpc.setSpec(new VpcSpec("10.0.0.0/16", null, null, null));
        return vpc;
    }
}
