package io.minicloud.controller.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.NetworkAclSpec;
import io.minicloud.api.ec2.NetworkAclSpec.Entry;
import io.minicloud.api.ec2.NetworkAclSpec.IcmpTypeCode;
import io.minicloud.api.ec2.NetworkAclSpec.PortRange;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.api.host.HostNetworkSpec.AclEntry;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkAclsTest {
    private static final AclEntry EVERYTHING = new AclEntry(100, true, "-1", -1, -1, "0.0.0.0/0");
    private static final List<Subnet> SUBNETS = List.of(subnet("a"), subnet("b"));

    /** AWS: the default ACL allows all traffic. */
    @Test
    void subnetsThatNoneNamesHaveTheDefaultOne() {
        var standard = acl("main-default", true, null, null, null);
        var own = acl("own", null, List.of("a"), null, null);

        var acls = acls(standard, own);

        assertThat(acls.compiled(standard).subnetIds()).containsExactly(id("b"));
        assertThat(acls.compiled(standard).ingress()).containsExactly(EVERYTHING);
        assertThat(acls.compiled(standard).egress()).containsExactly(EVERYTHING);
        assertThat(acls.compiled(own).subnetIds()).containsExactly(id("a"));
    }

    /** AWS: "each custom network ACL denies all inbound and outbound traffic until you add rules". */
    @Test
    void aNewOneDeniesEverything() {
        var own = acl("own", null, List.of("a"), null, null);

        assertThat(acls(own).compiled(own).ingress()).isEmpty();
        assertThat(acls(own).compiled(own).egress()).isEmpty();
    }

    @Test
    void aDefaultOneThatWasEmptiedDeniesEverything() {
        var standard = acl("main-default", true, null, List.of(), List.of());

        assertThat(acls(standard).compiled(standard).ingress()).isEmpty();
    }

    @Test
    void entriesAreInTheOrderOfTheirNumbers() {
        var own = acl(
                "own",
                null,
                List.of("a"),
                List.of(
                        new Entry(200, "tcp", "allow", "0.0.0.0/0", new PortRange(80, 90), null),
                        new Entry(100, "icmp", "deny", "10.0.0.0/8", null, new IcmpTypeCode(8, -1)),
                        new Entry(32766, "-1", "allow", "10.0.0.0/8", null, null)),
                null);

        assertThat(acls(own).compiled(own).ingress())
                .containsExactly(
                        new AclEntry(100, false, "icmp", 8, -1, "10.0.0.0/8"),
                        new AclEntry(200, true, "tcp", 80, 90, "0.0.0.0/0"),
                        new AclEntry(32766, true, "-1", -1, -1, "10.0.0.0/8"));
    }

    @Test
    void ofTwoThatNameASubnetTheOlderHasIt() {
        var younger = acl("first-by-name", null, List.of("a", "b"), null, null);
        var older = acl("second-by-name", null, List.of("a"), null, null);
        younger.getMetadata().setCreationTimestamp("2026-01-02T00:00:00Z");
        older.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");

        var acls = acls(younger, older);

        assertThat(acls.compiled(older).subnetIds()).containsExactly(id("a"));
        assertThat(acls.compiled(younger).subnetIds()).containsExactly(id("b"));
        assertThat(fault(acls, older)).isEqualTo("none");
        assertThat(fault(acls, younger)).startsWith("SubnetHasNetworkAcl").contains("Subnet a", "second-by-name");
    }

    @Test
    void aMissingSubnetIsWaitedFor() {
        var own = acl("own", null, List.of("c", "a"), null, null);

        assertThat(fault(acls(own), own)).startsWith("SubnetNotFound").contains("Subnet c", "Vpc main");
        assertThat(acls(own).compiled(own).subnetIds()).containsExactly(id("a"));
    }

    @Test
    void whatIsBeyondTheQuotaIsDenied() {
        var entries = Stream.of(300, 100, 200)
                .map(number -> new Entry(number, "-1", "allow", "10.0.0.0/8", null, null))
                .toList();
        var own = acl("own", null, null, null, entries);
        var acls = new NetworkAcls(List.of(own), SUBNETS, 2);

        assertThat(acls.compiled(own).egress()).extracting(AclEntry::ruleNumber).containsExactly(100, 200);
        assertThat(fault(acls, own)).startsWith("NetworkAclEntryLimitExceeded").contains("egress has 3", "may have 2");
    }

    private static NetworkAcls acls(NetworkAcl... acls) {
        return new NetworkAcls(List.of(acls), SUBNETS, 20);
    }

    private static String fault(NetworkAcls acls, NetworkAcl acl) {
        return Judgement.fold(acls.judge(acl), found -> "none", (reason, message) -> reason + ": " + message);
    }

    private static String id(String subnet) {
        return AwsId.of("subnet", "uid-" + subnet);
    }

    private static NetworkAcl acl(
            String name,
            @Nullable Boolean isDefault,
            @Nullable List<String> subnets,
            @Nullable List<Entry> ingress,
            @Nullable List<Entry> egress) {
        var acl = new NetworkAcl();
        acl.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid("uid-" + name).build());
        var refs = subnets == null ? null : subnets.stream().map(LocalRef::new).toList();
        acl.setSpec(new NetworkAclSpec(new LocalRef("main"), isDefault, refs, ingress, egress, null));
        return acl;
    }

    private static Subnet subnet(String name) {
        var subnet = new Subnet();
        subnet.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid("uid-" + name).build());
        subnet.setSpec(new SubnetSpec(new LocalRef("main"), "10.0.1.0/24", "home-1a", null, null));
        return subnet;
    }
}
