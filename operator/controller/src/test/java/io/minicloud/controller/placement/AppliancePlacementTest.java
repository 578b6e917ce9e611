package io.minicloud.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppliancePlacementTest {
    private static final Candidate BIG = host("big", "home-1a", true, 65536);
    private static final Candidate SMALL = host("small", "home-1a", true, 0);

    @Test
    void aHostWhereTheVpcIsAlreadyGoesBeforeABiggerOne() {
        assertThat(AppliancePlacement.choose("home-1a", List.of(BIG, SMALL), Set.of("small"), Set.of()))
                .isEqualTo(new Decision.Placed("small"));
        assertThat(AppliancePlacement.choose("home-1a", List.of(BIG, SMALL), Set.of(), Set.of()))
                .isEqualTo(new Decision.Placed("big"));
    }

    @Test
    void aHostThatDoesNotServeTheZoneOrIsNotReadyIsPassedBy() {
        var dead = host("dead", "home-1a", false, 65536);
        var elsewhere = host("elsewhere", "home-1b", true, 65536);
        var all = Set.of("dead", "elsewhere");

        assertThat(AppliancePlacement.choose("home-1a", List.of(dead, elsewhere, SMALL), all, Set.of()))
                .isEqualTo(new Decision.Placed("small"));
        assertThat(AppliancePlacement.choose("home-1a", List.of(dead, elsewhere), all, Set.of()))
                .isInstanceOfSatisfying(Decision.NoRoom.class, none -> assertThat(none.message())
                        .startsWith("No host in home-1a is ready.")
                        .contains("dead: is not ready.", "elsewhere: does not serve the zone."));
    }

    @Test
    void siblingsAreOnDifferentHostsWhereThereAreSeveral() {
        var all = Set.of("big", "small");

        assertThat(AppliancePlacement.choose("home-1a", List.of(BIG, SMALL), all, Set.of("big")))
                .isEqualTo(new Decision.Placed("small"));
        assertThat(AppliancePlacement.choose("home-1a", List.of(BIG, SMALL), Set.of("big"), Set.of("big")))
                .as("apart matters more than near")
                .isEqualTo(new Decision.Placed("small"));
        assertThat(AppliancePlacement.choose("home-1a", List.of(BIG, SMALL), Set.of("small"), all))
                .as("near still matters where nobody is alone")
                .isEqualTo(new Decision.Placed("small"));
        assertThat(AppliancePlacement.choose("home-1a", List.of(BIG), Set.of(), Set.of("big")))
                .isEqualTo(new Decision.Placed("big"));
    }

    private static Candidate host(String name, String zone, boolean alive, int memoryMiB) {
        return new Candidate(name, Set.of(zone), alive, new Room(0, memoryMiB, 0));
    }
}
