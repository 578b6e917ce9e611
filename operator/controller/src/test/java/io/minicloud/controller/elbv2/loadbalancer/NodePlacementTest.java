package io.minicloud.controller.elbv2.loadbalancer;

import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.controller.placement.Candidate;
import io.minicloud.controller.placement.Room;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodePlacementTest {
    private static final Set<String> ZONES = Set.of("home-1a", "home-1b", "home-1c");

    @Test
    void nodesAreSpreadOverTheHosts() {
        var placement = new NodePlacement(List.of(host("x"), host("y"), host("z")), Set.of("x", "y"), Set.of("y"));

        assertThat(List.of(place(placement, "home-1a"), place(placement, "home-1b"), place(placement, "home-1c")))
                .as("x is near and free, z is free, then none is")
                .containsExactly("x RecordingHost", "z RecordingHost", "x RecordingHost");
    }

    @Test
    void oneThatFindsNoHostStopsNoOther() {
        var placement = new NodePlacement(List.of(host("x")), Set.of(), Set.of());

        assertThat(place(placement, "home-1z")).isEqualTo("null InsufficientHostCapacity");
        assertThat(place(placement, "home-1a")).isEqualTo("x RecordingHost");
    }

    private static String place(NodePlacement placement, String zone) {
        var view = placement.place(subnet(zone, zone, "10.0.1.0/24", 250));
        return view.place().host() + " " + view.progress().reason();
    }

    private static Candidate host(String name) {
        return new Candidate(name, ZONES, true, new Room(8, 1024, 100));
    }
}
