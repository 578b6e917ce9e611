package io.minicloud.controller.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.testing.ApiServer;
import org.junit.jupiter.api.Test;

class ReleaseAddressApiIT {
    private static final String NAME = "subnet-0123456789abcdef0-10.0.1.9";

    private final ApiServer server = ApiServer.shared();

    @Test
    void onlyTheClaimThatWasSeenIsReleased() {
        try (var client = ApiServer.clientBuilder(server.patientConfig()).build()) {
            var seen = claim(client, "first");
            client.resource(seen).delete();
            var next = claim(client, "second");
            var release = new ReleaseAddress(client, seen);

            assertThatThrownBy(release::apply).isInstanceOf(KubernetesClientException.class);
            assertThat(client.resources(AddressClaim.class).withName(NAME).get())
                    .as("the claim of the second")
                    .isEqualTo(next);

            new ReleaseAddress(client, next).apply();
            assertThat(client.resources(AddressClaim.class).withName(NAME).get())
                    .isNull();
            new ReleaseAddress(client, next).apply();
        }
    }

    private AddressClaim claim(KubernetesClient client, String owner) {
        server.apply("""
                apiVersion: host.minicloud.io/v1alpha1
                kind: AddressClaim
                metadata: {name: %1$s}
                spec: {rangeId: subnet-0123456789abcdef0, address: 10.0.1.9, ownerKind: NetworkInterface,
                  ownerNamespace: lab, ownerName: %2$s, ownerUid: %2$s}
                """.formatted(NAME, owner));
        return client.resources(AddressClaim.class).withName(NAME).get();
    }
}
