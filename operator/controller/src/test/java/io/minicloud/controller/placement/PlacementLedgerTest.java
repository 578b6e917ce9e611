package io.minicloud.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementLedgerTest {
    private static final Room ALL = new Room(2, 1024, 8);
    private static final List<Candidate> HOSTS = List.of(new Candidate("a", Set.of("home-1a"), true, ALL));

    private final PlacementLedger ledger = new PlacementLedger();

    @Test
    void aPromiseCountsBeforeAnyCacheShowsIt() {
        assertThat(place("one", List.of())).isEqualTo(new Decision.Placed("a"));
        assertThat(place("two", List.of())).isInstanceOf(Decision.NoRoom.class);
    }

    @Test
    void askingAgainGivesTheSameHost() {
        place("one", List.of());
        assertThat(place("one", List.of())).isEqualTo(new Decision.Placed("a"));
    }

    @Test
    void aPromiseThatTheCacheShowsCountsOnce() {
        place("one", List.of());
        var roomForTwo = List.of(new Candidate("a", Set.of("home-1a"), true, ALL.plus(ALL)));
        var seen = List.of(new Tenant("one", "a", ALL));
        assertThat(ledger.place("two", "home-1a", ALL, roomForTwo, seen)).isEqualTo(new Decision.Placed("a"));
    }

    @Test
    void aForgottenPromiseGivesItsRoomBack() {
        place("one", List.of());
        ledger.forget("one");
        assertThat(place("two", List.of())).isEqualTo(new Decision.Placed("a"));
    }

    @Test
    void roomComesBackWhenAnInstanceIsGone() {
        place("one", List.of());
        assertThat(place("two", List.of(new Tenant("one", "a", ALL)))).isInstanceOf(Decision.NoRoom.class);
        assertThat(place("two", List.of())).isEqualTo(new Decision.Placed("a"));
    }

    private Decision place(String uid, List<Tenant> seen) {
        return ledger.place(uid, "home-1a", ALL, HOSTS, seen);
    }
}
