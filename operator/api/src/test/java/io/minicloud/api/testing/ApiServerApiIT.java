package io.minicloud.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.minicloud.api.ec2.Vpc;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerApiIT {
    private final ApiServer server = ApiServer.shared();

    @Test
    void storesResourcesOfMinicloud() {
        var namespace = server.freshNamespace("harness");

        server.apply(vpc(namespace));

        var vpcs = server.admin().resources(Vpc.class).inNamespace(namespace);
        assertThat(vpcs.withName("main").get().getSpec().cidrBlock()).isEqualTo("10.0.0.0/16");
    }

    @Test
    void holdsUsersAndServiceAccountsToTheirRights() {
        var namespace = server.freshNamespace("harness");
        server.apply(vpc(namespace));
        server.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: reader, namespace: %1$s}
                rules: [{apiGroups: [ec2.minicloud.io], resources: [vpcs], verbs: [get, list]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: reader, namespace: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
                subjects:
                - {kind: ServiceAccount, name: robot, namespace: %1$s}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ana}
                """.formatted(namespace));

        try (var robot = server.clientAsServiceAccount(namespace, "robot");
                var ana = server.clientAs("ana");
                var bob = server.clientAs("bob")) {
            for (var client : new io.fabric8.kubernetes.client.KubernetesClient[] {robot, ana}) {
                var vpc = client.resources(Vpc.class).inNamespace(namespace).withName("main");
                assertThat(vpc.get()).isNotNull();
                assertForbidden(vpc::delete);
            }
            assertForbidden(
                    () -> bob.resources(Vpc.class).inNamespace(namespace).list());
        }
    }

    @Test
    void writesAKubeconfigThatOtherProgramsConnectWith(@TempDir Path folder) throws Exception {
        var file = server.kubeconfig(server.adminConfig(), folder.resolve("kubeconfig"));

        try (var client = ApiServer.clientBuilder(Config.fromKubeconfig(Files.readString(file)))
                .build()) {
            assertThat(client.namespaces().withName("default").get()).isNotNull();
        }
    }

    private static void assertForbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                .isEqualTo(403));
    }

    private static String vpc(String namespace) {
        return """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %s}
                spec: {cidrBlock: 10.0.0.0/16}
                """.formatted(namespace);
    }
}
