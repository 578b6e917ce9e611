package io.minicloud.controller.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoolAddressesTest {
    private final PoolAddresses addresses = PoolAddresses.of(List.of("203.0.113.8/30", "198.51.100.7/32"));

    @Test
    void givesEveryAddressOfItsRangesInTheirOrder() {
        assertThat(addresses.all())
                .containsExactly("203.0.113.8", "203.0.113.9", "203.0.113.10", "203.0.113.11", "198.51.100.7");
        assertThat(addresses.total()).isEqualTo(5);
    }

    @Test
    void reservesNone() {
        assertThat(addresses.all().map(Ipv4::parse))
                .allMatch(addresses::contains)
                .noneMatch(addresses::isReserved);
        assertThat(addresses.contains(Ipv4.parse("203.0.113.12"))).isFalse();
    }

    @Test
    void saysInAwssWordWhenItIsEmpty() {
        var owner = new AddressRequest.Owner("ElasticIp", "lab", "a", "uid-a");
        var request = new AddressRequest("ipv4pool-ec2-1", addresses, null, owner);
        var refused = new AddressAllocator(new FakeClaimLedger()).allocate(request, address -> true);

        assertThat(refused).hasFieldOrPropertyWithValue("reason", IpamReason.InsufficientAddressCapacity);
    }
}
