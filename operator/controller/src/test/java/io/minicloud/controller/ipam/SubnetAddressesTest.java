package io.minicloud.controller.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SubnetAddressesTest {
    @Test
    void reservesTheFiveAddressesOfTheAwsDocumentation() {
        var addresses = SubnetAddresses.of("10.0.0.0/24");

        assertThat(addresses.usable()).isEqualTo(251);
        for (var reserved : new String[] {"10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.255"}) {
            assertThat(addresses.isReserved(Ipv4.parse(reserved))).as(reserved).isTrue();
        }
        assertThat(addresses.isReserved(Ipv4.parse("10.0.0.4"))).isFalse();
        assertThat(addresses.isReserved(Ipv4.parse("10.0.1.0"))).isFalse();
        assertThat(addresses.all()).startsWith("10.0.0.4", "10.0.0.5");
    }

    @Property(tries = 60)
    void givesEveryUsableAddressOnceAndNoOther(@ForAll @IntRange(min = 22, max = 28) int prefix, @ForAll byte network) {
        var base = Ipv4.parse("10.0.0.0") + ((long) (network & 0xff) << 16);
        var addresses = new SubnetAddresses(new Ipv4Range(base, prefix));
        assertThat(addresses.all().map(Ipv4::parse))
                .hasSize((1 << 32 - prefix) - SubnetAddresses.RESERVED)
                .hasSize(addresses.usable())
                .doesNotHaveDuplicates()
                .allMatch(addresses::isUsable);
    }

    @Property
    void writesWhatItReads(@ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int address) {
        assertThat(Ipv4.parse(Ipv4.format(address))).isEqualTo(address);
    }

    @Property
    void overlapIsMutualAndHoldsForWhatIsContained(
            @ForAll @IntRange(min = 0, max = 255) int one,
            @ForAll @IntRange(min = 0, max = 255) int other,
            @ForAll @IntRange(min = 24, max = 32) int prefix,
            @ForAll @IntRange(min = 24, max = 32) int otherPrefix) {
        var first = range(one, prefix);
        var second = range(other, otherPrefix);
        var common = Math.max(first.base(), second.base()) <= Math.min(first.last(), second.last());

        assertThat(first.overlaps(second)).isEqualTo(common);
        assertThat(second.overlaps(first)).isEqualTo(common);
    }

    @Test
    void refusesWhatIsNoRange() {
        for (var text : new String[] {"10.0.0.0", "10.0.0.1/24", "10.0.0.0/33", "10.0.0/24", "10.0.0.256/32", "x/8"}) {
            assertThatThrownBy(() -> Ipv4Range.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Ipv4Range range(long offset, int prefix) {
        var size = 1L << 32 - prefix;
        return new Ipv4Range(Ipv4.parse("10.0.0.0") + offset / size * size, prefix);
    }
}
