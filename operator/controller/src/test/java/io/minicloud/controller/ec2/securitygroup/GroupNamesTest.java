package io.minicloud.controller.ec2.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupNamesTest {
    @Test
    void theNameInAwsIsThatOfTheObjectWhereNoneIsGiven() {
        assertThat(References.groupName(group("web", null, null))).isEqualTo("web");
        assertThat(References.groupName(group("web", "Web servers", null))).isEqualTo("Web servers");
    }

    @Test
    void theDefaultGroupHasTheNameOfItsVpc() {
        assertThat(judge(group("main-default", "default", true))).isEqualTo("accepted");
        assertThat(judge(group("mine", "default", true)))
                .startsWith("NotTheDefaultGroup")
                .contains("main-default");
    }

    @Test
    void nobodyElseIsCalledDefault() {
        assertThat(judge(group("web", "default", null))).startsWith("InvalidGroupReserved");
        assertThat(judge(group("default", null, false))).startsWith("InvalidGroupReserved");
    }

    @Test
    void ofTwoOfANameTheOlderHasIt() {
        var older = group("a", "web", null);
        var younger = group("web", null, null);
        older.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        younger.getMetadata().setCreationTimestamp("2026-01-02T00:00:00Z");

        assertThat(judge(older, older, younger)).isEqualTo("accepted");
        assertThat(judge(younger, older, younger))
                .startsWith("InvalidGroupDuplicate")
                .contains("SecurityGroup a");
    }

    private static String judge(SecurityGroup group, SecurityGroup... siblings) {
        return Judgement.fold(
                GroupNames.judge(group, List.of(siblings)),
                found -> "accepted",
                (reason, message) -> reason + ": " + message);
    }

    private static SecurityGroup group(String name, @Nullable String groupName, @Nullable Boolean isDefault) {
        var group = new SecurityGroup();
        group.setMetadata(new ObjectMetaBuilder().withName(name).build());
        group.setSpec(new SecurityGroupSpec(new LocalRef("main"), groupName, name, isDefault, null, null, null));
        return group;
    }
}
