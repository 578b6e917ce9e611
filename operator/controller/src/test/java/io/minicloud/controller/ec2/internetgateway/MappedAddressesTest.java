package io.minicloud.controller.ec2.internetgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By hand, after https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html. */
class MappedAddressesTest {
    private final NetworkInterface mapped = eni("web", "{vpcId: vpc-1, association: {publicIp: 203.0.113.7}}");
    private final NetworkInterface unmapped = eni("app", "{vpcId: vpc-1}");

    @Test
    void whoHasAPublicAddressIsNamedWithIt() {
        assertThat(MappedAddresses.hindrance(List.of(mapped, eni("nat", "{association: {publicIp: 203.0.113.8}}"))))
                .hasValueSatisfying(waiting -> {
                    assertThat(waiting.reason()).isEqualTo(InternetGatewayReason.DependencyViolation);
                    assertThat(waiting.message())
                            .endsWith(
                                    "still in use by NetworkInterface nat with 203.0.113.8, NetworkInterface web with 203.0.113.7");
                });
        assertThat(MappedAddresses.hindrance(List.of())).isEmpty();
    }

    @Test
    void onlyAnInterfaceWithAPublicAddressIsMapped() {
        assertThat(PublicAddressIndexes.mappedIn(mapped)).contains("vpc-1");
        assertThat(PublicAddressIndexes.mappedIn(unmapped)).isEmpty();
        assertThat(PublicAddressIndexes.mappedIn(new NetworkInterface())).isEmpty();
    }

    private static NetworkInterface eni(String name, String status) {
        return Serialization.unmarshal(
                "metadata: {name: %s}\nstatus: %s".formatted(name, status), NetworkInterface.class);
    }
}
