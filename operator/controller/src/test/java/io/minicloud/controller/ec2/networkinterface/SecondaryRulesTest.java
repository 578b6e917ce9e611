package io.minicloud.controller.ec2.networkinterface;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.IpamReason;
import io.minicloud.controller.ipam.SubnetAddresses;
import io.minicloud.controller.resolver.Judgement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondaryRulesTest {
    private static final AddressRequest ANY = new AddressRequest(
            "subnet-1",
            SubnetAddresses.of("10.0.1.0/24"),
            null,
            new AddressRequest.Owner("NetworkInterface", "lab", "a", "uid-a"));

    @Test
    void thoseThatItNamesInTheirOrder() {
        assertThat(targets("secondaryPrivateIpAddresses: [10.0.1.9, 10.0.1.8]", "10.0.1.7"))
                .containsExactly("10.0.1.9", "10.0.1.8");
    }

    @ParameterizedTest(name = "{0} of those it has")
    @CsvSource({
        "0, ''",
        "1, 10.0.1.9",
        "2, 10.0.1.9 10.0.1.8",
        "3, 10.0.1.9 10.0.1.8 any",
        "4, 10.0.1.9 10.0.1.8 any any"
    })
    void aNumberKeepsTheFirstThatItHasAndChoosesTheRest(int count, String expected) {
        assertThat(String.join(" ", targets("secondaryPrivateIpAddressCount: " + count, "10.0.1.9", "10.0.1.8")))
                .isEqualTo(expected);
    }

    /** A pass may end between a claim and the status that names it. */
    @Test
    void whatWasClaimedAndNotYetToldIsTakenFirst() {
        assertThat(targets("secondaryPrivateIpAddressCount: 3", Set.of("10.0.1.4", "10.0.1.6", "10.0.1.9"), "10.0.1.9"))
                .containsExactly("10.0.1.9", "10.0.1.6", "any");
    }

    @Test
    void withNothingAskedForThereIsNone() {
        assertThat(targets("subnetRef: {name: a}", "10.0.1.9")).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "10.0.1.4,",
        "10.0.1.254,",
        "10.0.1.0, AddressReserved",
        "10.0.1.3, AddressReserved",
        "10.0.1.255, AddressReserved",
        "10.0.2.4, InvalidAddressRange"
    })
    void eachIsAnAddressOfTheSubnetThatSomebodyMayHave(String address, IpamReason reason) {
        var spec = eni("secondaryPrivateIpAddresses: [10.0.1.20, %s]".formatted(address))
                .getSpec();

        var judged = SecondaryRules.check(spec, ANY);

        assertThat(Judgement.<AddressRequest, String>fold(judged, any -> "", (why, message) -> why.name()))
                .isEqualTo(reason == null ? "" : reason.name());
    }

    @Test
    void thePrimaryAddressIsChosenFromTheOthers() {
        var wish = AddressWishes.primary(eni("secondaryPrivateIpAddresses: [10.0.1.4, 10.0.1.6]"), ANY);

        assertThat(wish.addresses().all().limit(2)).containsExactly("10.0.1.5", "10.0.1.7");
        assertThat(AddressWishes.primary(eni("privateIpAddress: 10.0.1.4"), ANY).wanted())
                .isEqualTo("10.0.1.4");
    }

    private static List<String> targets(String spec, String... recorded) {
        return targets(spec, Set.of(), recorded);
    }

    private static List<String> targets(String spec, Set<String> standing, String... recorded) {
        var eni = eni(spec);
        var addresses = Arrays.stream(recorded)
                .map("{privateIpAddress: %s, primary: false}"::formatted)
                .toList();
        eni.setStatus(Serialization.unmarshal(
                        "status: {privateIpAddresses: [{privateIpAddress: 10.0.1.4, primary: true}, %s]}"
                                .formatted(String.join(", ", addresses)),
                        NetworkInterface.class)
                .getStatus());
        return SecondaryRules.targets(eni, "10.0.1.4", standing).stream()
                .map(target -> target.orElse("any"))
                .toList();
    }

    private static NetworkInterface eni(String spec) {
        return Serialization.unmarshal("spec: {%s}".formatted(spec), NetworkInterface.class);
    }
}
