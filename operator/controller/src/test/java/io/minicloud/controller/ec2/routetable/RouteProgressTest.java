package io.minicloud.controller.ec2.routetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.host.HostNetworkStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.fabric.RouteTables;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteProgressTest {
    private static final HostNetworkSpec.Route WORLD = new HostNetworkSpec.Route("0.0.0.0/0", "InternetGateway", null);
    private static final HostNetworkSpec.Route OLD = new HostNetworkSpec.Route("0.0.0.0/0", "Blackhole", null);

    @Test
    void isDoneWhereNoSubnetHasIt() {
        assertThat(told(progress(table(List.of(), WORLD), network("tower", "subnet-a"))))
                .isEqualTo("true NoSubnets");
    }

    @Test
    void waitsForAHostThatIsToldOfOtherRoutes() {
        var wanted = table(List.of("subnet-a", "subnet-b"), WORLD);
        var tower = network("tower", "subnet-a", table(List.of("subnet-a"), WORLD));
        var attic = network("attic", "subnet-b", table(List.of("subnet-b"), OLD));

        assertThat(told(progress(wanted, tower))).isEqualTo("true Programmed");
        assertThat(told(progress(wanted, tower, attic))).isEqualTo("false RoutesPending");
        assertThat(progress(wanted, tower, attic).message()).contains("host attic");
    }

    @Test
    void waitsForAHostThatHasNotForgottenItsRoutes() {
        var emptied = table(List.of("subnet-a"));

        assertThat(told(progress(emptied, network("tower", "subnet-a", table(List.of("subnet-a"), WORLD)))))
                .isEqualTo("false RoutesPending");
        assertThat(told(progress(emptied, network("tower", "subnet-a")))).isEqualTo("true Programmed");
    }

    @Test
    void hostsWithoutItsSubnetsDoNotMatter() {
        assertThat(told(progress(table(List.of("subnet-a"), WORLD), network("tower", "subnet-b"))))
                .isEqualTo("true NoInterfaces");
    }

    @Test
    void tellsOfBlackholesButNotOfAllOfMany() {
        var blackholes =
                IntStream.range(0, 12).mapToObj(number -> "way " + number).toList();
        var judged = judged(table(List.of(), OLD), blackholes);

        var progress = RouteProgress.of(judged, List.of());

        assertThat(told(progress)).isEqualTo("true Blackhole");
        assertThat(progress.message()).contains("way 0; way 1;").endsWith("way 9 and 2 more");
    }

    private static Progress progress(HostNetworkSpec.RouteTable wanted, HostNetwork... networks) {
        return RouteProgress.of(judged(wanted, List.of()), List.of(networks));
    }

    private static String told(Progress progress) {
        return progress.done() + " " + progress.reason();
    }

    private static RouteTables.Judged judged(HostNetworkSpec.RouteTable table, List<String> blackholes) {
        return new RouteTables.Judged(table, false, List.of(), List.of(), blackholes, Optional.empty());
    }

    private static HostNetworkSpec.RouteTable table(List<String> subnetIds, HostNetworkSpec.Route... routes) {
        return new HostNetworkSpec.RouteTable("rtb-1", subnetIds, List.of(routes));
    }

    private static HostNetwork network(String host, String subnetId, HostNetworkSpec.RouteTable... tables) {
        var network = new HostNetwork();
        network.setMetadata(new ObjectMetaBuilder()
                .withNamespace("minicloud-host-" + host)
                .withGeneration(1L)
                .build());
        network.setSpec(new HostNetworkSpec(
                "vpc-1",
                List.of("10.0.0.0/16"),
                null,
                null,
                List.of(new HostNetworkSpec.Subnet(subnetId, "10.0.1.0/24", 1500)),
                null,
                null,
                List.of(tables),
                null));
        network.setStatus(new HostNetworkStatus(
                List.of(new Condition("Programmed", "True", 1L, "2026-01-01T00:00:00Z", "Programmed", "")),
                1L,
                null,
                null,
                null));
        return network;
    }
}
