package io.minicloud.controller.ec2.natgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.controller.placement.Candidate;
import io.minicloud.controller.placement.Decision;
import io.minicloud.controller.placement.Room;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayPlacementTest {
    private static final Candidate BIG = host("big", "home-1a", true, 65536);
    private static final Candidate SMALL = host("small", "home-1a", true, 0);

    @Test
    void aHostWhereTheVpcIsAlreadyGoesBeforeABiggerOne() {
        assertThat(GatewayPlacement.choose("home-1a", List.of(BIG, SMALL), Set.of("small")))
                .isEqualTo(new Decision.Placed("small"));
        assertThat(GatewayPlacement.choose("home-1a", List.of(BIG, SMALL), Set.of()))
                .isEqualTo(new Decision.Placed("big"));
    }

    @Test
    void aHostThatDoesNotServeTheZoneOrIsNotReadyIsPassedBy() {
        var dead = host("dead", "home-1a", false, 65536);
        var elsewhere = host("elsewhere", "home-1b", true, 65536);
        var all = Set.of("dead", "elsewhere");

        assertThat(GatewayPlacement.choose("home-1a", List.of(dead, elsewhere, SMALL), all))
                .isEqualTo(new Decision.Placed("small"));
        assertThat(GatewayPlacement.choose("home-1a", List.of(dead, elsewhere), all))
                .isInstanceOfSatisfying(Decision.NoRoom.class, none -> assertThat(none.message())
                        .startsWith("No host in home-1a is ready.")
                        .contains("dead: is not ready.", "elsewhere: does not serve the zone."));
    }

    private static Candidate host(String name, String zone, boolean alive, int memoryMiB) {
        return new Candidate(name, Set.of(zone), alive, new Room(0, memoryMiB, 0));
    }
}
