package io.minicloud.controller.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupRulesTest {
    private static final Map<String, SecurityGroup> KNOWN = Map.of(
            "main-default", group("main-default", "main", true),
            "web", group("web", "main", false),
            "other-default", group("other-default", "other", true));

    @Test
    void namesAreResolvedInTheirOrder() {
        assertThat(GroupRules.resolve(List.of(new LocalRef("web"), new LocalRef("main-default")), "main", KNOWN))
                .isEqualTo(new Resolution.Resolved<>(List.of(id("web"), id("main-default"))));
    }

    @Test
    void withoutNamesItIsTheDefaultGroupOfTheVpc() {
        assertThat(GroupRules.resolve(null, "main", KNOWN))
                .isEqualTo(new Resolution.Resolved<>(List.of(id("main-default"))));
    }

    @Test
    void theGroupOfAnotherVpcIsRefused() {
        assertThat(refusal(GroupRules.resolve(List.of(new LocalRef("other-default")), "main", KNOWN)))
                .startsWith(ResolverReason.InvalidSecurityGroup.name());
    }

    @Test
    void aMissingGroupIsWaitedFor() {
        assertThat(GroupRules.resolve(List.of(new LocalRef("late")), "main", KNOWN))
                .isInstanceOf(Resolution.Waiting.class);
        assertThat(GroupRules.resolve(null, "third", KNOWN)).isInstanceOf(Resolution.Waiting.class);
    }

    private static String refusal(Resolution<?> judged) {
        return Judgement.fold(judged, found -> "resolved", (reason, message) -> reason + ": " + message);
    }

    private static String id(String name) {
        return AwsId.of("sg", "uid-" + name);
    }

    private static SecurityGroup group(String name, String vpc, boolean isDefault) {
        var group = new SecurityGroup();
        group.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid("uid-" + name).build());
        group.setSpec(new SecurityGroupSpec(new LocalRef(vpc), name, name, isDefault, null, null, null));
        return group;
    }
}
