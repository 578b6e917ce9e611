package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.NetworkInterfaceStatus.PrivateIpAddress;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.ipam.AddressAllocator;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which secondary private addresses an interface is to have: those that it names, or so many as it says, of which it keeps
 * what it has. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html">AssignPrivateIpAddresses</a>
 */
final class SecondaryRules {
    private SecondaryRules() {}

    /** How many it is to have. */
    static int wanted(NetworkInterfaceSpec spec) {
        return spec.secondaryPrivateIpAddresses() == null
                ? Objects.requireNonNullElse(spec.secondaryPrivateIpAddressCount(), 0)
                : spec.secondaryPrivateIpAddresses().size();
    }

    /** Those that it names. */
    static List<String> named(NetworkInterfaceSpec spec) {
        return Objects.requireNonNullElse(spec.secondaryPrivateIpAddresses(), List.of());
    }

    /** Those that its status names. */
    static List<String> recorded(NetworkInterface eni) {
        return Optional.ofNullable(eni.getStatus())
                .flatMap(status -> Optional.ofNullable(status.privateIpAddresses()))
                .orElse(List.of())
                .stream()
                .filter(address -> !Boolean.TRUE.equals(address.primary()))
                .map(PrivateIpAddress::privateIpAddress)
                .toList();
    }

    /**
     * Whether those that it names may be asked for at all.
     *
     * @param spec the interface
     * @param any a request for any address of its subnet
     */
    static Resolution<AddressRequest> check(NetworkInterfaceSpec spec, AddressRequest any) {
        Resolution<AddressRequest> judged = new Resolution.Resolved<>(any);
        for (var address : named(spec)) {
            judged = judged.then(good -> AddressAllocator.check(good.of(address)));
        }
        return judged.then(good -> new Resolution.Resolved<>(any));
    }

    /**
     * The addresses that it is to have; empty: one that is to be chosen.
     *
     * @param eni the interface
     * @param primary its primary address
     * @param standing the addresses that it has claims on
     */
    static List<Optional<String>> targets(NetworkInterface eni, String primary, Collection<String> standing) {
        var spec = eni.getSpec();
        if (spec.secondaryPrivateIpAddresses() != null) {
            return spec.secondaryPrivateIpAddresses().stream().map(Optional::of).toList();
        }
        return Stream.concat(
                        Stream.concat(recorded(eni).stream(), standing.stream().sorted())
                                .filter(address -> !address.equals(primary))
                                .distinct()
                                .map(Optional::of),
                        Stream.generate(Optional::<String>empty))
                .limit(wanted(spec))
                .toList();
    }

    /**
     * What is said of an interface that wants more addresses than its instance may have on one.
     *
     * @param most the most that it may have beside its primary one
     */
    static Progress limitExceeded(int most) {
        return Progress.pending(
                NetworkInterfaceReason.PrivateIpAddressLimitExceeded,
                "the type of its instance allows " + most
                        + " secondary private addresses on an interface: ask for fewer, or take a larger type");
    }
}
