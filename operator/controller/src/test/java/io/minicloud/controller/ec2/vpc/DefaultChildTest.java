package io.minicloud.controller.ec2.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NetworkAclSpec;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefaultChildTest {
    private final Vpc vpc = vpc("uid-1");

    /** AWS: the name is default and the description default VPC security group. */
    @Test
    void makesTheGroupThatAwsMakes() {
        var group = made();

        assertThat(group.getMetadata().getName()).isEqualTo("main-default");
        assertThat(group.getMetadata().getNamespace()).isEqualTo("lab");
        assertThat(group.getSpec()).isEqualTo(spec("default", "default VPC security group", true, null));
        assertThat(group.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getUid()).isEqualTo("uid-1");
            assertThat(owner.getController()).isTrue();
        });
    }

    @Test
    void theSecondPlanIsEmpty() {
        assertThat(DefaultChild.GROUP.plan(vpc, Optional.of(made())).isEmpty()).isTrue();
    }

    @Test
    void theRulesAreTheUsersAlone() {
        var edited = made();
        edited.setSpec(spec("default", "default VPC security group", true, List.of()));

        assertThat(DefaultChild.GROUP.plan(vpc, Optional.of(edited)).isEmpty()).isTrue();
    }

    @Test
    void takesOverTheDefaultGroupThatSomebodyWrote() {
        var written = made();
        written.getMetadata().setOwnerReferences(List.of());
        written.setSpec(spec(null, "ours", true, List.of()));

        assertThat(DefaultChild.GROUP.isForeign(vpc, Optional.of(written))).isFalse();
        assertThat(DefaultChild.GROUP.plan(vpc, Optional.of(written)).apply())
                .singleElement()
                .satisfies(group -> {
                    assertThat(group.getSpec()).isEqualTo(spec(null, "ours", true, null));
                    assertThat(group.getMetadata().getOwnerReferences()).hasSize(1);
                });
    }

    @Test
    void leavesAForeignGroupOfTheNameAlone() {
        var foreign = made();
        foreign.getMetadata().setOwnerReferences(List.of());
        foreign.setSpec(spec("web", "web servers", null, null));

        assertThat(DefaultChild.GROUP.isForeign(vpc, Optional.of(foreign))).isTrue();
        assertThat(DefaultChild.GROUP.plan(vpc, Optional.of(foreign)).isEmpty()).isTrue();
    }

    @Test
    void theGroupOfAnEarlierVpcOfTheNameIsForeign() {
        assertThat(DefaultChild.GROUP.isForeign(vpc("uid-2"), Optional.of(made())))
                .isTrue();
        assertThat(DefaultChild.GROUP.isForeign(vpc, Optional.of(made()))).isFalse();
        assertThat(DefaultChild.GROUP.isForeign(vpc, Optional.empty())).isFalse();
    }

    /** AWS: the default ACL "allows all traffic"; the entries of that are added where there are none. */
    @Test
    void makesTheAclThatAwsMakes() {
        var acl = DefaultChild.ACL.plan(vpc, Optional.empty()).apply().getFirst();

        assertThat(acl.getMetadata().getName()).isEqualTo("main-default");
        assertThat(acl.getSpec()).isEqualTo(new NetworkAclSpec(new LocalRef("main"), true, null, null, null, null));
        assertThat(DefaultChild.ACL.plan(vpc, Optional.of(acl)).isEmpty()).isTrue();
    }

    private static SecurityGroupSpec spec(
            @Nullable String name,
            String description,
            @Nullable Boolean isDefault,
            @Nullable List<SecurityGroupSpec.Rule> ingress) {
        return new SecurityGroupSpec(new LocalRef("main"), name, description, isDefault, ingress, null, null);
    }

    private SecurityGroup made() {
        return DefaultChild.GROUP.plan(vpc, Optional.empty()).apply().getFirst();
    }

    private static Vpc vpc(String uid) {
        var vpc = new Vpc();
        vpc.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("main")
                .withUid(uid)
                .build());
        vpc.setSpec(new VpcSpec("10.0.0.0/16", null, null, null, null, null));
        return vpc;
    }
}
