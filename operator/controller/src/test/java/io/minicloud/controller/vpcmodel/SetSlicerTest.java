package io.minicloud.controller.vpcmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.AddressSetSpec.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SetSlicerTest {
    @Test
    void cutsAfterFiveHundred() {
        assertThat(slice(entries(0, 1001), List.of()))
                .extracting(slice -> slice.entries().size())
                .containsExactly(500, 500, 1);
    }

    @Test
    void aNewMemberChangesOneSliceEvenWhenItSortsFirst() {
        var before = slice(entries(1, 1200), List.of());

        var after = slice(entries(0, 1200), before);

        assertThat(changed(before, after)).isEqualTo(1);
    }

    @Test
    void aMemberThatLeavesChangesOneSliceAndItsPlaceIsReused() {
        var before = slice(entries(0, 1200), List.of());
        var without = entries(0, 1200);
        without.remove(10);

        var after = slice(without, before);

        assertThat(changed(before, after)).isEqualTo(1);
        assertThat(changed(after, slice(entries(0, 1200), after))).isEqualTo(1);
    }

    @Test
    void emptySlicesGoOnlyAtTheEnd() {
        var before = slice(entries(0, 1100), List.of());

        assertThat(slice(entries(1000, 1100), before)).hasSize(3);
        assertThat(slice(entries(0, 100), before)).hasSize(1);
        assertThat(slice(new ArrayList<>(), before)).isEmpty();
    }

    @Test
    void anEntryThatMovedToAnotherHostStaysInItsSlice() {
        var before = slice(entries(0, 600), List.of());
        var moved = entries(0, 600);
        moved.set(3, new Entry(moved.get(3).address(), moved.get(3).networkInterfaceId(), "other"));

        assertThat(changed(before, slice(moved, before))).isEqualTo(1);
    }

    @Property(tries = 50)
    void whateverHappenedBeforeTheSlicesHoldEachMemberOnce(@ForAll long seed) {
        var random = new Random(seed);
        var slices = List.<AddressSetSpec>of();
        for (var step = 0; step < 5; step++) {
            var members = entries(0, 1500);
            members.removeIf(entry -> random.nextBoolean());
            slices = slice(members, slices);
            assertThat(slices)
                    .allSatisfy(slice -> assertThat(slice.entries().size()).isLessThanOrEqualTo(500));
            assertThat(slices.stream()
                            .flatMap(slice -> slice.entries().stream())
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(members);
            assertThat(slice(members, slices)).isEqualTo(slices);
        }
    }

    private static List<AddressSetSpec> slice(List<Entry> entries, List<AddressSetSpec> present) {
        return SetSlicer.slice("vpc-1", new VpcCompiler.Members("sg-1", "SecurityGroup", entries), present);
    }

    private static List<Entry> entries(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to)
                .mapToObj(number -> new Entry("10.0." + number / 250 + "." + number % 250, "eni-" + number, "tower"))
                .toList());
    }

    private static long changed(List<AddressSetSpec> before, List<AddressSetSpec> after) {
        return IntStream.range(0, Math.max(before.size(), after.size()))
                .filter(number -> number >= before.size()
                        || number >= after.size()
                        || !before.get(number).equals(after.get(number)))
                .count();
    }
}
