package io.minicloud.controller.s3.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.s3.Bucket;
import io.minicloud.api.testing.ApiServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KubernetesOwnerKeySecretsApiIT {
    private final ApiServer server = ApiServer.shared();
    private final String namespace = server.freshNamespace("keys");
    private final Bucket bucket = bucket();

    @Test
    void withoutARightItNamesTheRemedyAndADeletionGoesOn() {
        new KubernetesOwnerKeySecrets(server.admin()).write(bucket, Map.of("AWS_REGION", "home-1"));

        try (var client = server.clientAsServiceAccount(namespace, "stranger")) {
            var secrets = new KubernetesOwnerKeySecrets(client);

            assertThatThrownBy(() -> secrets.find(bucket))
                    .isInstanceOf(SecretsForbiddenException.class)
                    .hasMessageContaining("namespace " + namespace)
                    .hasMessageContaining("run hack/up again")
                    .hasMessageContaining("values.accounts");
            assertThatThrownBy(() -> secrets.write(bucket, Map.of())).isInstanceOf(SecretsForbiddenException.class);
            assertThatCode(() -> secrets.delete(bucket)).doesNotThrowAnyException();
        }
        var left = server.admin()
                .secrets()
                .inNamespace(namespace)
                .withName(OwnerKeySecrets.nameFor(bucket))
                .get();
        assertThat(left.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(
                        owner.getUid())
                .isEqualTo(bucket.getMetadata().getUid()));
    }

    private Bucket bucket() {
        var made = new Bucket();
        made.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("photos")
                .withUid(UUID.randomUUID().toString())
                .build());
        return made;
    }
}
