package io.minicloud.controller.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressAllocatorTest {
    private final FakeClaimLedger ledger = new FakeClaimLedger();
    private final AddressAllocator allocator = new AddressAllocator(ledger);

    @Test
    void takesTheLowestFreeAddress() {
        assertThat(allocator.allocate(request("a", null), "10.0.0.4"::equals))
                .isEqualTo(new Resolution.Resolved<>("10.0.0.5"));
    }

    @Test
    void takesOneOfTheNextTwoWhenAnotherWasFaster() {
        allocator.allocate(request("a", null), address -> false);

        assertThat(allocator.allocate(request("b", null), address -> false))
                .isEqualTo(new Resolution.Resolved<>("10.0.0.6"));
        assertThat(ledger.claims()).hasSize(2);
    }

    /** Each knows of no other, as when a thousand ask at once. */
    @Test
    void doesNotTryEveryAddressThatOthersHave() {
        var many = 1000;
        for (var number = 0; number < many; number++) {
            var owner = new AddressRequest.Owner("NetworkInterface", "lab", "eni-" + number, "uid-" + number);
            var request = new AddressRequest("subnet-1", SubnetAddresses.of("10.0.0.0/20"), null, owner);
            assertThat(allocator.allocate(request, address -> false)).isInstanceOf(Resolution.Resolved.class);
        }

        assertThat(ledger.claims()).hasSize(many);
        assertThat(ledger.entered()).isLessThan(20 * many);
    }

    @Test
    void givesTheSameOwnerItsAddressAgain() {
        allocator.allocate(request("a", "10.0.0.9"), address -> false);

        assertThat(allocator.allocate(request("a", "10.0.0.9"), "10.0.0.9"::equals))
                .isEqualTo(new Resolution.Resolved<>("10.0.0.9"));
        assertThat(ledger.claims()).hasSize(1);
    }

    @Test
    void namesTheOwnerOfATakenAddress() {
        allocator.allocate(request("a", "10.0.0.9"), address -> false);

        assertThat(refusal(allocator.allocate(request("b", "10.0.0.9"), address -> false)))
                .startsWith(IpamReason.AddressInUse.name())
                .contains("lab/a");
    }

    @Test
    void saysWhenTheSubnetIsFull() {
        for (var number = 0; number < 11; number++) {
            assertThat(allocator.allocate(request("eni-" + number, null), address -> false))
                    .isInstanceOf(Resolution.Resolved.class);
        }

        assertThat(refusal(allocator.allocate(request("late", null), address -> false)))
                .startsWith(IpamReason.InsufficientFreeAddressesInSubnet.name());
    }

    @Test
    void refusesAddressesThatNobodyGets() {
        assertThat(reason("10.0.0.3")).isEqualTo(IpamReason.AddressReserved);
        assertThat(reason("10.0.0.15")).isEqualTo(IpamReason.AddressReserved);
        assertThat(reason("10.0.0.16")).isEqualTo(IpamReason.InvalidAddressRange);
        assertThat(AddressAllocator.check(request("a", "10.0.0.4"))).isInstanceOf(Resolution.Resolved.class);
    }

    private static String refusal(Resolution<?> judged) {
        return Judgement.fold(judged, found -> "resolved", (reason, message) -> reason + ": " + message);
    }

    private static Enum<?> reason(String wanted) {
        return ((Resolution.Invalid<AddressRequest>) AddressAllocator.check(request("a", wanted))).reason();
    }

    private static AddressRequest request(String name, @Nullable String wanted) {
        var owner = new AddressRequest.Owner("NetworkInterface", "lab", name, "uid-" + name);
        return new AddressRequest("subnet-1", SubnetAddresses.of("10.0.0.0/28"), wanted, owner);
    }
}
