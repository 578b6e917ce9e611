package io.minicloud.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlacerTest {
    private static final Room MICRO = new Room(2, 1024, 8);

    @Test
    void takesTheHostWithMostMemoryLeft() {
        var hosts = List.of(host("a", 4096), host("b", 8192));
        assertThat(Placer.choose("home-1a", MICRO, hosts, List.of())).isEqualTo(new Decision.Placed("b"));
        var tenants = List.of(new Tenant("u1", "b", new Room(2, 6144, 8)));
        assertThat(Placer.choose("home-1a", MICRO, hosts, tenants)).isEqualTo(new Decision.Placed("a"));
    }

    @Test
    void takesTheFirstByNameOfEquals() {
        var hosts = List.of(host("c", 4096), host("a", 4096), host("b", 4096));
        assertThat(Placer.choose("home-1a", MICRO, hosts, List.of())).isEqualTo(new Decision.Placed("a"));
    }

    @Test
    void memoryIsNeverPromisedTwice() {
        var hosts = List.of(host("a", 2048));
        var one = List.of(new Tenant("u1", "a", MICRO));
        assertThat(Placer.choose("home-1a", MICRO, hosts, one)).isEqualTo(new Decision.Placed("a"));
        var two = List.of(new Tenant("u1", "a", MICRO), new Tenant("u2", "a", MICRO));
        assertThat(Placer.choose("home-1a", MICRO, hosts, two)).isInstanceOf(Decision.NoRoom.class);
    }

    @Test
    void processorsAndDiskCountToo() {
        var hosts = List.of(new Candidate("a", Set.of("home-1a"), true, new Room(2, 8192, 8)));
        assertThat(Placer.choose("home-1a", new Room(3, 512, 0), hosts, List.of()))
                .isInstanceOf(Decision.NoRoom.class);
        assertThat(Placer.choose("home-1a", new Room(1, 512, 9), hosts, List.of()))
                .isInstanceOf(Decision.NoRoom.class);
        assertThat(Placer.choose("home-1a", new Room(2, 8192, 8), hosts, List.of()))
                .isEqualTo(new Decision.Placed("a"));
    }

    /** Its disks are on a file system that shrank; what needs none is not concerned. */
    @Test
    void aHostThatPromisedMoreThanItHasHasNothingLeftOfThat() {
        var hosts = List.of(new Candidate("a", Set.of("home-1a"), true, new Room(2, 8192, 8)));
        var tenants = List.of(new Tenant("u1", "a", new Room(1, 512, 9)));
        assertThat(Placer.choose("home-1a", new Room(1, 512, 0), hosts, tenants))
                .isEqualTo(new Decision.Placed("a"));
        assertThat(Placer.choose("home-1a", new Room(1, 512, 1), hosts, tenants))
                .isInstanceOfSatisfying(Decision.NoRoom.class, none -> assertThat(none.message())
                        .endsWith("a: has 1 vCPUs, 7680 MiB and 0 GiB left."));
    }

    @Test
    void onlyALiveHostThatServesTheZone() {
        var dead = new Candidate("dead", Set.of("home-1a"), false, new Room(32, 65536, 100));
        var elsewhere = new Candidate("elsewhere", Set.of("home-1b"), true, new Room(32, 65536, 100));
        var decision = Placer.choose("home-1a", MICRO, List.of(elsewhere, dead), List.of());
        assertThat(decision).isInstanceOfSatisfying(Decision.NoRoom.class, none -> assertThat(none.message())
                .contains("dead: is not ready.")
                .contains("elsewhere: does not serve the zone."));
    }

    @Test
    void saysThatThereIsNoHost() {
        assertThat(Placer.choose("home-1a", MICRO, List.of(), List.of()))
                .isInstanceOfSatisfying(Decision.NoRoom.class, none -> assertThat(none.message())
                        .contains("no host at all"));
    }

    @Property
    void theOrderOfTheHostsDoesNotMatter(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 4) Integer> gibibytes) {
        var hosts = new java.util.ArrayList<Candidate>();
        for (int i = 0; i < gibibytes.size(); i++) {
            hosts.add(host("h" + i, gibibytes.get(i) * 1024));
        }
        var chosen = Placer.choose("home-1a", MICRO, hosts, List.of());
        Collections.reverse(hosts);
        assertThat(Placer.choose("home-1a", MICRO, hosts, List.of()).getClass()).isEqualTo(chosen.getClass());
        if (chosen instanceof Decision.Placed) {
            assertThat(Placer.choose("home-1a", MICRO, hosts, List.of())).isEqualTo(chosen);
        }
    }

    @Property
    void neverMoreThanThereIs(@ForAll @IntRange(min = 0, max = 40) int instances) {
        var ledger = new PlacementLedger();
        var hosts = List.of(host("a", 8 * 1024), host("b", 4 * 1024));
        var placed = 0;
        for (int i = 0; i < instances; i++) {
            if (ledger.place("u" + i, "home-1a", MICRO, hosts, List.of()) instanceof Decision.Placed) {
                placed++;
            }
        }
        assertThat(placed).isEqualTo(Math.min(instances, 12));
    }

    private static Candidate host(String name, int memoryMiB) {
        return new Candidate(name, Set.of("home-1a", "home-1b"), true, new Room(64, memoryMiB, 1000));
    }
}
