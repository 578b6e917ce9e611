package io.minicloud.controller.ec2.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcSpec;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefaultNetworkTest {
    private final Vpc vpc = vpc("default", "2026-11-22T10:00:00Z", true);
    private final List<CustomResource<?, ?>> wanted =
            DefaultNetwork.of(vpc, new TreeSet<>(List.of("home-1b", "home-1a")));

    /** AWS: a /20 per zone out of 172.31.0.0/16, an internet gateway, and a main route table that leads to it. */
    @Test
    void isWhatAwsMakes() {
        assertThat(wanted).hasOnlyElementsOfTypes(InternetGateway.class, RouteTable.class, Subnet.class);
        assertThat(wanted)
                .filteredOn(Subnet.class::isInstance)
                .extracting(child -> ((Subnet) child).getSpec())
                .allSatisfy(spec -> assertThat(spec.mapPublicIpOnLaunch()).isTrue())
                .extracting(spec -> spec.availabilityZone() + " " + spec.cidrBlock())
                .containsExactly("home-1a 172.31.0.0/20", "home-1b 172.31.16.0/20");
        assertThat(wanted)
                .filteredOn(RouteTable.class::isInstance)
                .extracting(child -> ((RouteTable) child).getSpec())
                .singleElement()
                .satisfies(spec -> {
                    assertThat(spec.main()).isTrue();
                    assertThat(spec.routes()).singleElement().satisfies(route -> {
                        assertThat(route.destinationCidrBlock()).isEqualTo("0.0.0.0/0");
                        assertThat(route.internetGatewayRef().name()).isEqualTo("default-default");
                    });
                });
        assertThat(wanted).allMatch(child -> DefaultChild.isOwned(vpc, child));
    }

    @Test
    void hasNoMoreSubnetsThanRanges() {
        var zones =
                IntStream.range(0, 20).mapToObj("zone-%02d"::formatted).collect(Collectors.toCollection(TreeSet::new));

        assertThat(DefaultNetwork.of(vpc, zones))
                .filteredOn(Subnet.class::isInstance)
                .hasSize(16)
                .last()
                .satisfies(child ->
                        assertThat(((Subnet) child).getSpec().cidrBlock()).isEqualTo("172.31.240.0/20"));
    }

    @Test
    void writesWhatIsNotThereAlone() {
        var there = wanted.getFirst();

        assertThat(DefaultNetwork.missing(wanted, child -> child == there ? Optional.of(there) : Optional.empty())
                        .apply())
                .isEqualTo(wanted.subList(1, wanted.size()));
        assertThat(DefaultNetwork.missing(wanted, Optional::of).isEmpty()).isTrue();
    }

    @Test
    void leavesWhatIsSomebodyElsesAlone() {
        assertThat(DefaultNetwork.taken(vpc, wanted, Optional::of)).isEmpty();

        var foreign = DefaultNetwork.of(vpc("other", "2026-11-22T10:00:00Z", true), new TreeSet<>());
        assertThat(DefaultNetwork.taken(vpc, wanted, child -> Optional.of(foreign.getFirst())))
                .get()
                .satisfies(progress -> {
                    assertThat(progress.reason()).isEqualTo(VpcReason.DefaultNameTaken);
                    assertThat(progress.message()).contains("InternetGateway other-default");
                });
    }

    @Test
    void anAccountHasOneDefaultVpc() {
        var later = vpc("later", "2026-11-22T11:00:00Z", true);
        var plain = vpc("plain", "2026-11-22T09:00:00Z", null);
        var all = List.of(plain, later, vpc);

        assertThat(DefaultNetwork.judge(vpc, all)).isInstanceOf(Resolution.Resolved.class);
        assertThat(DefaultNetwork.judge(plain, all)).isInstanceOf(Resolution.Resolved.class);
        assertThat(DefaultNetwork.judge(later, all)).isInstanceOf(Resolution.Waiting.class);
        assertThat(DefaultNetwork.judge(later, List.of(plain, later))).isInstanceOf(Resolution.Resolved.class);
    }

    private static Vpc vpc(String name, String created, Boolean isDefault) {
        var vpc = new Vpc();
        vpc.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp(created)
                .build());
        vpc.setSpec(new VpcSpec("172.31.0.0/16", null, null, null, isDefault, null));
        return vpc;
    }
}
