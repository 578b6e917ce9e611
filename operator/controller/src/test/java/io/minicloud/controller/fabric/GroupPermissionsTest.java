package io.minicloud.controller.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.ManagedPrefixListSpec;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupPermissionsTest {
    private static final SecurityGroupSpec.Rule WEB =
            new SecurityGroupSpec.Rule("tcp", 80, 80, "0.0.0.0/0", null, null, "the world");
    private static final HostNetworkSpec.Rule EVERYTHING = new HostNetworkSpec.Rule("-1", -1, -1, "0.0.0.0/0", null);

    private final Map<String, ManagedPrefixList> lists = new HashMap<>();

    /** AWS: "When you create a security group, it has no inbound rules" and an outbound rule that allows all. */
    @Test
    void aNewGroupLetsNothingInAndEverythingOut() {
        var permissions = compile(group("web", "main", null, null, null));

        assertThat(permissions.ingress()).isEmpty();
        assertThat(permissions.egress()).containsExactly(EVERYTHING);
    }

    @Test
    void aDefaultGroupLetsItsMembersIn() {
        var permissions = compile(group("main-default", "main", true, null, null));

        assertThat(permissions.ingress())
                .containsExactly(new HostNetworkSpec.Rule("-1", -1, -1, null, id("main-default")));
        assertThat(permissions.egress()).containsExactly(EVERYTHING);
    }

    @Test
    void anEmptyListIsNoRule() {
        var permissions = compile(group("main-default", "main", true, List.of(), List.of()));

        assertThat(permissions.ingress()).isEmpty();
        assertThat(permissions.egress()).isEmpty();
    }

    @Test
    void rulesAreTakenAsTheyAreWritten() {
        var permissions =
                compile(group("web", "main", null, List.of(WEB, from("bastion")), List.of(any("10.0.0.0/8"))));

        assertThat(permissions.ingress())
                .containsExactly(
                        new HostNetworkSpec.Rule("tcp", 80, 80, "0.0.0.0/0", null),
                        new HostNetworkSpec.Rule("tcp", 22, 22, null, id("bastion")));
        assertThat(permissions.egress()).containsExactly(new HostNetworkSpec.Rule("-1", -1, -1, "10.0.0.0/8", null));
        assertThat(fault(permissions)).isEqualTo("none");
    }

    @Test
    void aRuleThatCannotBeFollowedLetsNothingPassAndTakesNoOtherWithIt() {
        var missing = compile(group("web", "main", null, List.of(from("nobody"), WEB), null));
        var foreign = compile(group("web", "main", null, List.of(from("other-vpc"), WEB), null));

        assertThat(missing.ingress()).containsExactly(new HostNetworkSpec.Rule("tcp", 80, 80, "0.0.0.0/0", null));
        assertThat(fault(missing))
                .startsWith("SecurityGroupNotFound: ingress[0]")
                .contains("SecurityGroup nobody");
        assertThat(foreign.ingress()).isEqualTo(missing.ingress());
        assertThat(fault(foreign))
                .startsWith("InvalidSecurityGroup: ingress[0]")
                .contains("Vpc other", "Vpc main");
    }

    @Test
    void whatIsBeyondTheQuotaLetsNothingPass() {
        var rules = List.of(WEB, from("bastion"), any("10.0.0.0/8"));

        var permissions =
                GroupPermissions.of(group("web", "main", null, rules, rules.subList(0, 2)), known(), lists(), 2);

        assertThat(permissions.ingress()).hasSize(2);
        assertThat(permissions.egress()).hasSize(2);
        assertThat(fault(permissions))
                .startsWith("RulesPerSecurityGroupLimitExceeded")
                .contains("ingress has 3 rules and may have 2");
    }

    /** AWS: a rule that references a prefix list allows what its entries hold. */
    @Test
    void aRuleOfAPrefixListIsARuleOfEachOfItsRanges() {
        list("office", 10, "198.51.100.0/24", "203.0.113.7/32");

        var permissions =
                compile(group("web", "main", null, List.of(listed("office"), WEB), List.of(listed("office"))));

        assertThat(permissions.ingress())
                .containsExactly(
                        new HostNetworkSpec.Rule("tcp", 22, 22, "198.51.100.0/24", null),
                        new HostNetworkSpec.Rule("tcp", 22, 22, "203.0.113.7/32", null),
                        new HostNetworkSpec.Rule("tcp", 80, 80, "0.0.0.0/0", null));
        assertThat(permissions.egress()).hasSize(2);
        assertThat(fault(permissions)).isEqualTo("none");
    }

    @Test
    void anEmptyPrefixListLetsNothingPass() {
        list("office", 10);

        var permissions = compile(group("web", "main", null, List.of(listed("office")), null));

        assertThat(permissions.ingress()).isEmpty();
        assertThat(fault(permissions)).isEqualTo("none");
    }

    @Test
    void aMissingPrefixListIsWaitedForAndTakesNoOtherRuleWithIt() {
        var permissions = compile(group("web", "main", null, List.of(WEB, listed("office")), null));

        assertThat(permissions.ingress()).containsExactly(new HostNetworkSpec.Rule("tcp", 80, 80, "0.0.0.0/0", null));
        assertThat(permissions.judged()).isInstanceOf(Resolution.Waiting.class);
        assertThat(fault(permissions))
                .startsWith("PrefixListNotFound: ingress[1]")
                .contains("ManagedPrefixList office");
    }

    /** AWS: "the maximum number of entries for the prefix lists counts against the quota" of what names it. */
    @Test
    void maxEntriesCountTowardTheQuotaAndNotTheEntries() {
        var rules = List.of(WEB, listed("office"), any("10.0.0.0/8"));
        var world = new HostNetworkSpec.Rule("tcp", 80, 80, "0.0.0.0/0", null);
        var office = new HostNetworkSpec.Rule("tcp", 22, 22, "198.51.100.0/24", null);
        var private10 = new HostNetworkSpec.Rule("-1", -1, -1, "10.0.0.0/8", null);

        list("office", 58, "198.51.100.0/24");
        var fitting = compile(group("web", "main", null, rules, null));
        list("office", 59, "198.51.100.0/24");
        var resized = compile(group("web", "main", null, rules, null));
        list("office", 60, "198.51.100.0/24");
        var tooLarge = compile(group("web", "main", null, rules, null));

        assertThat(fitting.ingress()).containsExactly(world, office, private10);
        assertThat(fault(fitting)).isEqualTo("none");
        assertThat(resized.ingress()).containsExactly(world, office);
        assertThat(fault(resized))
                .startsWith("RulesPerSecurityGroupLimitExceeded")
                .contains("ingress has 61 rules and may have 60", "maxEntries");
        assertThat(tooLarge.ingress()).containsExactly(world, private10);
        assertThat(fault(tooLarge)).contains("ingress has 62 rules and may have 60");
    }

    private GroupPermissions compile(SecurityGroup group) {
        return GroupPermissions.of(group, known(), lists(), 60);
    }

    private Function<String, Optional<ManagedPrefixList>> lists() {
        return name -> Optional.ofNullable(lists.get(name));
    }

    private void list(String name, int maxEntries, String... cidrs) {
        var list = new ManagedPrefixList();
        list.setSpec(new ManagedPrefixListSpec(
                "IPv4",
                maxEntries,
                Stream.of(cidrs)
                        .map(cidr -> new ManagedPrefixListSpec.Entry(cidr, null))
                        .toList(),
                null));
        lists.put(name, list);
    }

    private static SecurityGroupSpec.Rule listed(String list) {
        return new SecurityGroupSpec.Rule("tcp", 22, 22, null, null, new LocalRef(list), null);
    }

    private static Function<String, Optional<SecurityGroup>> known() {
        var groups = Map.of(
                "bastion", group("bastion", "main", null, null, null),
                "other-vpc", group("other-vpc", "other", null, null, null));
        return name -> Optional.ofNullable(groups.get(name));
    }

    private static String fault(GroupPermissions permissions) {
        return Judgement.fold(permissions.judged(), found -> "none", (reason, message) -> reason + ": " + message);
    }

    private static SecurityGroupSpec.Rule from(String group) {
        return new SecurityGroupSpec.Rule("tcp", 22, 22, null, new LocalRef(group), null, null);
    }

    private static SecurityGroupSpec.Rule any(String range) {
        return new SecurityGroupSpec.Rule("-1", null, null, range, null, null, null);
    }

    private static String id(String name) {
        return AwsId.of("sg", "uid-" + name);
    }

    private static SecurityGroup group(
            String name,
            String vpc,
            @Nullable Boolean isDefault,
            @Nullable List<SecurityGroupSpec.Rule> ingress,
            @Nullable List<SecurityGroupSpec.Rule> egress) {
        var group = new SecurityGroup();
        group.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid("uid-" + name).build());
        group.setSpec(new SecurityGroupSpec(new LocalRef(vpc), null, name, isDefault, ingress, egress, null));
        return group;
    }
}
