package io.minicloud.controller.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetStatus;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageStatus;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.api.host.HostStatus;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.organizations.AccountStatus;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Registered;
import io.minicloud.controller.ec2.image.ImageReconciler;
import io.minicloud.controller.ec2.instancetype.InstanceTypeReconciler;
import io.minicloud.controller.ec2.volume.VolumeReconciler;
import io.minicloud.controller.vpcrange.VpcFixture;
import io.minicloud.reconcile.client.SharedInformers;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images, volumes and instances against a real API server; the test plays the agent and the owner of addresses. */
class ComputeApiIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SHA = "a".repeat(64);

    private final KubernetesClient client =
            ApiServer.clientBuilder(ApiServer.shared().adminConfig()).build();
    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String namespace = ApiServer.shared().freshNamespace("compute");
    private final String host = "h" + unique;
    private final String hostNamespace = Labels.HOST_NAMESPACE_PREFIX + host;
    private Operator operator;

    @BeforeEach
    void start() {
        ApiServer.shared().namespace(hostNamespace);
        network();
        var settings = new ControllerSettings("installation", "home-1");
        var executor = new PlanExecutor(Checkpoint.NONE);
        operator = new Operator(overrider ->
                overrider.withKubernetesClient(SharedInformers.of(client)).withCloseClientOnStop(false));
        Registered.with(operator, new ImageReconciler(settings, executor, Clock.systemUTC()));
        Registered.with(operator, new VolumeReconciler(settings, executor, Clock.systemUTC()));
        Registered.with(operator, new InstanceTypeReconciler(Clock.systemUTC()));
        Registered.with(operator, new InstanceReconciler(settings, executor, Clock.systemUTC()));
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.stop();
        client.resources(Host.class).withName(host).delete();
        client.resources(Account.class).withName(namespace).delete();
        client.close();
    }

    @Test
    void anInstanceLeadsToAnImageADiskAMachineAndASecret() {
        host(4096);
        apply(image("qcow2"), instance("web", "userData: s3cret-words"));
        imageIsAvailable();
        addressed("web-eth0");

        var machine = machine("web");
        assertThat(machine.getSpec().vCpus()).isEqualTo(2);
        assertThat(machine.getSpec().memoryMiB()).isEqualTo(1024);
        assertThat(machine.getSpec().state()).isEqualTo("running");
        assertThat(machine.getSpec().hostImageName()).isNull();
        assertThat(machine.getSpec().metadata().values())
                .containsEntry("meta-data/local-ipv4", "10.0.1.10")
                .containsEntry("meta-data/instance-type", "t3.micro");
        var disk = until(
                HostDisk.class,
                hostNamespace,
                machine.getSpec().disks().getFirst().hostDiskName(),
                found -> true);
        assertThat(disk.getSpec().sizeGiB()).isEqualTo(3);
        assertThat(disk.getSpec().deletionPolicy()).isEqualTo("Delete");

        var secret = client.secrets()
                .inNamespace(hostNamespace)
                .withName(machine.getSpec().metadata().userDataSecretName())
                .get();
        assertThat(secret.getImmutable()).isTrue();
        assertThat(new String(Base64.getDecoder().decode(secret.getData().get("userData"))))
                .isEqualTo("s3cret-words");
        assertThat(client.getKubernetesSerialization().asYaml(machine)).doesNotContain("s3cret-words");
    }

    @Test
    void itIsReadyWhenTheMachineRunsAndStoppedByItsGuestUntilTheSpecChanges() {
        host(4096);
        apply(image("kernel"), instance("tiny", ""));
        imageIsAvailable();
        addressed("tiny-eth0");
        var machine = machine("tiny");
        assertThat(machine.getSpec().disks()).isNullOrEmpty();
        assertThat(machine.getSpec().hostImageName()).startsWith("ami-");
        assertThat(client.resources(Volume.class)
                        .inNamespace(namespace)
                        .withName("tiny-root")
                        .get())
                .isNull();

        report(machine, "running", null);
        await("tiny", found -> condition(found, "Ready").reason().equals("Running"));
        assertThat(get("tiny").getStatus().state()).isEqualTo("running");

        report(machine("tiny"), "stopped", "guest");
        await("tiny", found -> condition(found, "Ready").reason().equals("InstanceInitiatedShutdown"));
        assertThat(get("tiny").getStatus().stateReason()).startsWith("Client.InstanceInitiatedShutdown");
        var before = machine("tiny").getSpec().powerGeneration();

        client.resources(Instance.class).inNamespace(namespace).withName("tiny").edit(found -> {
            found.getMetadata().setManagedFields(null);
            var patched = client.getKubernetesSerialization()
                    .asYaml(found)
                    .replace("state: \"stopped\"", "state: \"running\"")
                    .replace("spec:\n", "spec:\n  lastRequestedReboot: \"2026-01-01T00:00:00Z\"\n");
            return client.getKubernetesSerialization().unmarshal(patched, Instance.class);
        });
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                        machine("tiny").getSpec().powerGeneration())
                .isGreaterThan(before));
    }

    @Test
    void itsMetadataTellsOfARangeThatItsVpcGetsMeanwhile() {
        host(4096);
        apply(image("kernel"), instance("tiny", ""));
        imageIsAvailable();
        addressed("tiny-eth0");
        assertThat(cidrBlocks(machine("tiny"))).containsExactly("10.0.0.0/16");

        var vpc = client.resources(Vpc.class)
                .inNamespace(namespace)
                .withName("main")
                .get();
        status(VpcFixture.withRange(vpc, "100.64.0.0/24", "associated"));

        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(cidrBlocks(machine("tiny")))
                .containsExactly("10.0.0.0/16", "100.64.0.0/24"));
    }

    private static List<String> cidrBlocks(HostMachine machine) {
        return machine.getSpec().metadata().values().entrySet().stream()
                .filter(leaf -> leaf.getKey().endsWith("/vpc-ipv4-cidr-blocks"))
                .flatMap(leaf -> leaf.getValue().lines())
                .toList();
    }

    @Test
    void anInstanceWithoutRoomStartsWhenAHostAppears() {
        host(512);
        apply(image("kernel"), instance("web", ""));
        imageIsAvailable();
        await("web", found -> condition(found, "Programmed").reason().equals("InsufficientInstanceCapacity"));
        assertThat(condition(get("web"), "Accepted").status()).isEqualTo("True");
        assertThat(get("web").getStatus().placement()).isNull();
        assertThat(client.resources(HostMachine.class)
                        .inNamespace(hostNamespace)
                        .list()
                        .getItems())
                .isEmpty();

        host(2048);
        await("web", found -> found.getStatus().placement() != null);
        assertThat(get("web").getStatus().placement().host()).isEqualTo(host);
        assertThat(get("web").getMetadata().getManagedFields())
                .anyMatch(entry -> entry.getManager().equals(PlacementWriter.FIELD_MANAGER)
                        && entry.getFieldsV1().toString().contains("f:placement"));
        addressed("web-eth0");
        machine("web");
    }

    @Test
    void aForeignSecretOfTheNameOfTheUserDataIsNamedAndLeftAlone() {
        apply(image("kernel"), instance("web", "userData: words"));
        await("web", found -> found.getStatus().instanceId() != null);
        var name = UserData.secretName(get("web"));
        var foreign = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(hostNamespace)
                .withName(name)
                .endMetadata()
                .withStringData(Map.of("mine", "yes"))
                .build();
        client.resource(foreign).create();

        host(4096);
        imageIsAvailable();
        addressed("web-eth0");

        await("web", found -> condition(found, "Programmed").reason().equals("NameTaken"));
        assertThat(condition(get("web"), "Programmed").message()).contains(hostNamespace + "/" + name);
        assertThat(client.resource(foreign).get().getData()).containsOnlyKeys("mine");
        client.resource(foreign).delete();
        machine("web");
    }

    @Test
    void anInstanceTypeIsOffered() {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(condition(
                                client.resources(InstanceType.class)
                                        .withName("t3.micro")
                                        .get(),
                                "Ready")
                        .reason())
                .isEqualTo("Offered"));
    }

    @Test
    void whatIsMissingIsNamed() {
        host(4096);
        apply(instance("web", ""));
        await("web", found -> condition(found, "Accepted").reason().equals("ImageNotFound"));
        assertThat(condition(get("web"), "Programmed").status()).isEqualTo("False");
        assertThat(condition(get("web"), "Ready").status()).isEqualTo("False");
        apply(image("kernel"));
        imageIsAvailable();
        await("web", found -> condition(found, "Accepted").status().equals("True"));
    }

    @Test
    void aWrongChecksumFailsTheImage() {
        host(4096);
        apply(image("kernel"));
        var hostImage = hostImage();
        hostImage.setStatus(new HostImageStatus(
                List.of(new Condition("Accepted", "False", 1L, now(), "ChecksumMismatch", "is b, expected a")),
                1L,
                "failed",
                null));
        status(hostImage);
        until(
                Image.class,
                namespace,
                "img",
                found -> found.getStatus() != null
                        && "failed".equals(found.getStatus().state())
                        && condition(found, "Accepted").reason().equals("ChecksumMismatch"));
    }

    @Test
    void theMachineGoesFirstThenTheInterfaceThenTheRest() {
        host(4096);
        apply(image("qcow2"), instance("web", "userData: words"));
        imageIsAvailable();
        addressed("web-eth0");
        hold(machine("web"));
        hold(client.resources(NetworkInterface.class)
                .inNamespace(namespace)
                .withName("web-eth0")
                .get());

        client.resources(Instance.class).inNamespace(namespace).withName("web").delete();
        var machine = until(
                HostMachine.class,
                hostNamespace,
                machine("web").getMetadata().getName(),
                CustomResource::isMarkedForDeletion);
        assertThat(client.resources(NetworkInterface.class)
                        .inNamespace(namespace)
                        .withName("web-eth0")
                        .get()
                        .isMarkedForDeletion())
                .isFalse();
        await("web", found -> "shutting-down".equals(found.getStatus().state()));
        letGo(machine);
        var eni = until(NetworkInterface.class, namespace, "web-eth0", CustomResource::isMarkedForDeletion);
        assertThat(get("web")).isNotNull();
        letGo(eni);
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            assertThat(get("web")).isNull();
            assertThat(client.resources(Volume.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(client.resources(HostDisk.class)
                            .inNamespace(hostNamespace)
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(client.secrets()
                            .inNamespace(hostNamespace)
                            .withLabel(Labels.OWNER_KIND, "instance")
                            .list()
                            .getItems())
                    .isEmpty();
        });
    }

    private void network() {
        ApiServer.shared().apply("""
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: "%1$s"}
                spec: {namespace: "%1$s", accountId: "111122223333"}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InstanceType
                metadata: {name: t3.micro}
                spec: {vCpus: 2, memoryMiB: 1024, maxNetworkInterfaces: 2, ipv4AddressesPerInterface: 2}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {namespace: "%1$s", name: main}
                spec: {cidrBlock: 10.0.0.0/16}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {namespace: "%1$s", name: a}
                spec: {vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a}
                """.formatted(namespace));
        var account = client.resources(Account.class).withName(namespace).get();
        account.setStatus(new AccountStatus(good(), 1L, null, "ACTIVE"));
        status(account);
        var vpc = client.resources(Vpc.class)
                .inNamespace(namespace)
                .withName("main")
                .get();
        vpc.setStatus(new VpcStatus(good(), 1L, null, null, "available", null, null, null, null));
        status(vpc);
        var subnet = client.resources(Subnet.class)
                .inNamespace(namespace)
                .withName("a")
                .get();
        subnet.setStatus(new SubnetStatus(good(), 1L, null, null, null, "available", null, 251, null));
        status(subnet);
    }

    private void host(int memoryMiB) {
        ApiServer.shared().apply("""
                apiVersion: host.minicloud.io/v1alpha1
                kind: Host
                metadata: {name: "%1$s"}
                spec: {zones: [home-1a]}
                ---
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "%2$s", name: "%1$s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: 600, renewTime: "%3$s"}
                """.formatted(host, hostNamespace, now().replace("Z", ".000000Z")));
        var found = client.resources(Host.class).withName(host).get();
        found.setStatus(
                new HostStatus(good(), 1L, null, new HostStatus.Capacity(16, memoryMiB, 100), "qemu", List.of()));
        status(found);
    }

    private String image(String format) {
        var source = format.equals("kernel")
                ? "kernel: {kernel: {file: vmlinuz, sha256: \"%1$s\"}, initramfs: {file: initrd, sha256: \"%1$s\"}}"
                : "source: {file: disk, sha256: \"%1$s\"}";
        return """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Image
                metadata: {namespace: "%s", name: img}
                spec:
                  format: %s
                  %s
                """.formatted(namespace, format, source.formatted(SHA));
    }

    private String instance(String name, String more) {
        return """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {namespace: "%s", name: "%s"}
                spec:
                  imageRef: {name: img}
                  instanceType: t3.micro
                  subnetRef: {name: a}
                  %s
                """.formatted(namespace, name, more);
    }

    private void imageIsAvailable() {
        var hostImage = hostImage();
        var size = hostImage.getSpec().format().equals("kernel") ? null : 2_500_000_000L;
        hostImage.setStatus(new HostImageStatus(good(), 1L, "available", size));
        status(hostImage);
        until(
                Image.class,
                namespace,
                "img",
                found -> found.getStatus() != null
                        && "available".equals(found.getStatus().state()));
    }

    private HostImage hostImage() {
        return Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> client.resources(HostImage.class)
                                .inAnyNamespace()
                                .withLabel(Labels.OWNER_NAMESPACE, namespace)
                                .list()
                                .getItems(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private void addressed(String name) {
        var eni = until(NetworkInterface.class, namespace, name, found -> true);
        eni.setStatus(new NetworkInterfaceStatus(
                good(),
                1L,
                null,
                "eni-" + unique,
                "02:00:00:00:00:01",
                "10.0.1.10",
                "ip-10-0-1-10.home-1.compute.internal",
                "subnet-1",
                "vpc-1",
                "home-1a",
                "in-use",
                List.of("sg-1"),
                host,
                null,
                "interface",
                null,
                false,
                null,
                null,
                null));
        status(eni);
    }

    private HostMachine machine(String name) {
        var id = Awaitility.await()
                .atMost(SOON)
                .until(() -> get(name).getStatus().instanceId(), found -> found != null);
        return until(HostMachine.class, hostNamespace, id, found -> true);
    }

    private void report(HostMachine machine, String state, String poweredOffBy) {
        var generation = machine.getMetadata().getGeneration();
        var good = List.of(
                new Condition("Accepted", "True", generation, now(), "Test", ""),
                new Condition("Programmed", "True", generation, now(), "Test", ""),
                new Condition("Ready", "True", generation, now(), "Test", ""));
        machine.setStatus(
                new HostMachineStatus(good, generation, state, "mcm", poweredOffBy, null, null, now(), null, null));
        status(machine);
    }

    private void hold(HasMetadata object) {
        object.getMetadata().setManagedFields(null);
        object.addFinalizer("test.minicloud.io/hold");
        client.resource(object).update();
    }

    private void letGo(HasMetadata object) {
        var fresh = client.resource(object).get();
        fresh.removeFinalizer("test.minicloud.io/hold");
        client.resource(fresh).update();
    }

    private void apply(String... objects) {
        for (var object : objects) {
            ApiServer.shared().apply(object);
        }
    }

    private Instance get(String name) {
        return client.resources(Instance.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void await(String name, Predicate<Instance> wanted) {
        until(Instance.class, namespace, name, found -> found.getStatus() != null && wanted.test(found));
    }

    private <R extends CustomResource<?, ?>> R until(
            Class<R> type, String inNamespace, String name, Predicate<R> wanted) {
        Function<String, R> read = key ->
                client.resources(type).inNamespace(inNamespace).withName(key).get();
        return Awaitility.await(type.getSimpleName() + " " + name)
                .atMost(SOON)
                .until(() -> read.apply(name), found -> found != null && wanted.test(found));
    }

    private void status(HasMetadata object) {
        object.getMetadata().setManagedFields(null);
        object.getMetadata().setResourceVersion(null);
        client.resource(object).updateStatus();
    }

    private static Condition condition(CustomResource<?, ? extends Conditioned> object, String type) {
        return Conditions.find(object.getStatus(), type).orElse(new Condition(type, "Unknown", null, "", "None", ""));
    }

    private static List<Condition> good() {
        return List.of(
                new Condition("Accepted", "True", 1L, now(), "Test", ""),
                new Condition("Programmed", "True", 1L, now(), "Test", ""),
                new Condition("Ready", "True", 1L, now(), "Test", ""));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
