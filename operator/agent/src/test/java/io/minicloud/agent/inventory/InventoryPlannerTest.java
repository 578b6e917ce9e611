package io.minicloud.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.inventory.UnknownThing.Kind;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InventoryPlannerTest {
    private static final String HOST = "minicloud-host-lab";
    private static final KnownObjects NOTHING = new KnownObjects(Set.of(), Set.of(), Set.of(), Set.of());

    private final InventoryPlanner planner = new InventoryPlanner(HOST);

    @Test
    void tellsWhatHasNoObjectWithItsTag() {
        var holdings = new Holdings(
                Map.of("mcm1", ours("hostmachine", "a"), "mcm2", ours("hostmachine", "b")),
                Map.of("vol-1", ours("hostdisk", "c"), "vol-2", ours("hostdisk", "d")),
                List.of("ami-1", "ami-2"));
        var known = new KnownObjects(Set.of("a", "c"), Set.of("ami-1"), Set.of(), Set.of());

        assertThat(planner.unknown(holdings, known))
                .containsExactly(
                        new UnknownThing(Kind.Domain, "mcm2", "install/minicloud-host-lab/hostmachine/b"),
                        new UnknownThing(Kind.Disk, "vol-2", "install/minicloud-host-lab/hostdisk/d"),
                        new UnknownThing(Kind.Image, "ami-2", null));
    }

    @Test
    void anObjectThatWasMadeAnewDoesNotOwnWhatIsThere() {
        var holdings = new Holdings(Map.of(), Map.of("vol-1", ours("hostdisk", "before")), List.of());

        assertThat(planner.unknown(holdings, new KnownObjects(Set.of("after"), Set.of(), Set.of(), Set.of())))
                .extracting(UnknownThing::name)
                .containsExactly("vol-1");
    }

    @Test
    void knowsNothingOfOthers() {
        var holdings = new Holdings(
                Map.of(
                        "another host",
                        new OwnerTag("install", "minicloud-host-b", "hostmachine", "x"),
                        "another kind",
                        ours("hostdisk", "x")),
                Map.of(),
                List.of());

        assertThat(planner.unknown(holdings, NOTHING)).isEmpty();
    }

    @Test
    void tellsWhatAnEarlierInstallationLeft() {
        var holdings = new Holdings(
                Map.of("mcm1", new OwnerTag("earlier", HOST, "hostmachine", "x")),
                Map.of("vol-1", new OwnerTag("earlier", HOST, "hostdisk", "y")),
                List.of());

        assertThat(planner.unknown(holdings, NOTHING))
                .extracting(UnknownThing::tag)
                .containsExactly("earlier/minicloud-host-lab/hostmachine/x", "earlier/minicloud-host-lab/hostdisk/y");
    }

    @Test
    void staysSmall() {
        var disks = IntStream.range(0, 2 * InventoryPlanner.MOST)
                .mapToObj(number -> "vol-" + number)
                .collect(Collectors.toMap(Function.identity(), name -> ours("hostdisk", name)));

        assertThat(planner.unknown(new Holdings(Map.of(), disks, List.of()), NOTHING))
                .hasSize(InventoryPlanner.MOST);
    }

    private static OwnerTag ours(String kind, String uid) {
        return new OwnerTag("install", HOST, kind, uid);
    }
}
