package io.minicloud.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.agent.inventory.KubernetesHostObjects;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostStatus;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.reconcile.event.KubernetesEventRecorder;
import io.minicloud.reconcile.event.Transition;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rights and the admission policies of the chart, as a real API server applies them. */
class ChartApiIT {
    private static final String OWN = "minicloud-host-tower";
    private static final String FOREIGN = "minicloud-host-shed";
    private static final String ACCOUNT = "lab";
    private static final List<String> VERBS = List.of(
            "get",
            "list",
            "watch",
            "create",
            "update",
            "patch",
            "delete",
            "deletecollection",
            "bind",
            "escalate",
            "impersonate");
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("test")
            .withForce(true)
            .build();

    private static ApiServer server;
    private static KubernetesClient controller;
    private static KubernetesClient agent;
    private static KubernetesClient admin;

    @BeforeAll
    static void install() {
        server = ApiServer.start();
        admin = server.admin();
        // Namespaces first: the server, unlike helm install, does not sort.
        for (var namespace :
                new String[] {"minicloud-system", "minicloud-fabric", "minicloud-authorities", OWN, FOREIGN, ACCOUNT}) {
            server.namespace(namespace);
        }
        server.apply(Chart.render("tower", "shed", ACCOUNT));
        controller = server.clientAsServiceAccount("minicloud-system", "minicloud-controller");
        agent = server.clientAsServiceAccount(OWN, "minicloud-agent");
        // A policy works a moment after its binding was stored.
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        refused(() -> admin.resource(claim("warm-up")).dryRun().create()));
    }

    @AfterAll
    static void remove() {
        controller.close();
        agent.close();
        server.close();
    }

    @Test
    void anAgentWritesTheStatusOfItsOwnHostOnly() {
        agent.resource(status("tower")).subresource("status").patch(APPLY);

        assertThat(agent.resources(Host.class)
                        .withName("tower")
                        .get()
                        .getStatus()
                        .virtualization())
                .isEqualTo("qemu");
        assertForbidden(
                () -> agent.resource(status("shed")).subresource("status").patch(APPLY));
        assertForbidden(() -> agent.resources(Host.class).withName("tower").delete());
    }

    @Test
    void anAgentSeesNothingOfAnotherHost() {
        assertThat(agent.resources(HostNetwork.class).inNamespace(OWN).list().getItems())
                .isNotNull();
        assertForbidden(
                () -> agent.resources(HostNetwork.class).inNamespace(FOREIGN).list());
        assertForbidden(
                () -> agent.resources(HostNetwork.class).inAnyNamespace().list());
    }

    @Test
    void anAgentKnowsEveryObjectOfItsOwnHostBeforeItCallsAnythingUnknown() {
        var objects = """
                apiVersion: host.minicloud.io/v1alpha1
                kind: HostDisk
                metadata: {name: vol-known, namespace: %1$s}
                spec: {volumeId: vol-0123456789abcdef0, sizeGiB: 1, deletionPolicy: Delete}
                ---
                apiVersion: host.minicloud.io/v1alpha1
                kind: HostDisk
                metadata: {name: vol-known, namespace: %2$s}
                spec: {volumeId: vol-0123456789abcdef0, sizeGiB: 1, deletionPolicy: Delete}
                ---
                apiVersion: host.minicloud.io/v1alpha1
                kind: HostNetwork
                metadata: {name: vpc-known, namespace: %1$s}
                spec: {vpcId: vpc-0123456789abcdef0, cidrBlocks: [10.0.0.0/16]}
                """.formatted(OWN, FOREIGN);
        controller.load(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8))).items().stream()
                .map(controller::resource)
                .forEach(object -> object.patch(APPLY));

        var known = new KubernetesHostObjects(agent, OWN).list();
        assertThat(known.uids()).contains(uid(OWN)).doesNotContain(uid(FOREIGN));
        assertThat(known.networkIds()).contains("vpc-0123456789abcdef0");
        assertForbidden(() -> new KubernetesHostObjects(agent, FOREIGN).list());
    }

    private static String uid(String namespace) {
        return admin.resources(HostDisk.class)
                .inNamespace(namespace)
                .withName("vol-known")
                .get()
                .getMetadata()
                .getUid();
    }

    @Test
    void anAgentMayNothingInOtherNamespacesButReadTheFabricAndTellOfItsHost() {
        var namespaces = admin.namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .filter(namespace -> !namespace.equals(OWN))
                .toList();
        assertThat(namespaces)
                .contains(
                        FOREIGN,
                        ACCOUNT,
                        "minicloud-system",
                        "minicloud-fabric",
                        "minicloud-authorities",
                        "default",
                        "kube-system");
        var may = new TreeSet<String>();
        for (var namespace : namespaces) {
            for (var resource : namespacedResources()) {
                VERBS.stream()
                        .filter(verb -> mayAgent(namespace, resource, verb))
                        .forEach(verb -> may.add(verb + " " + resource + " in " + namespace));
            }
        }

        assertThat(may)
                .containsExactlyInAnyOrder(
                        "get addresssets.host.minicloud.io in minicloud-fabric",
                        "list addresssets.host.minicloud.io in minicloud-fabric",
                        "watch addresssets.host.minicloud.io in minicloud-fabric",
                        "get dnsrecords.host.minicloud.io in minicloud-fabric",
                        "list dnsrecords.host.minicloud.io in minicloud-fabric",
                        "watch dnsrecords.host.minicloud.io in minicloud-fabric",
                        "get dnsservers.host.minicloud.io in minicloud-fabric",
                        "list dnsservers.host.minicloud.io in minicloud-fabric",
                        "watch dnsservers.host.minicloud.io in minicloud-fabric",
                        "create events.events.k8s.io in default",
                        "patch events.events.k8s.io in default");
    }

    /** Resource and group of everything that lies in namespaces, parts of objects included. */
    private static List<String> namespacedResources() {
        return admin.getApiGroups().getGroups().stream()
                .flatMap(group -> group.getVersions().stream()
                        .flatMap(version -> admin.getApiResources(version.getGroupVersion()).getResources().stream())
                        .filter(resource -> resource.getNamespaced())
                        .map(resource -> resource.getName() + "." + group.getName()))
                .distinct()
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    admin.getApiResources("v1").getResources().stream()
                            .filter(resource -> resource.getNamespaced())
                            .forEach(resource -> found.add(resource.getName() + "."));
                    return found;
                }));
    }

    private static boolean mayAgent(String namespace, String resource, String verb) {
        var name = resource.substring(0, resource.indexOf('.')).split("/");
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(resource.substring(resource.indexOf('.') + 1))
                .withResource(name[0])
                .withSubresource(name.length > 1 ? name[1] : null)
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        return agent.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }

    @Test
    void anAgentReadsSecretsOfItsOwnNamespaceOnly() {
        controller.resource(secret(OWN)).create();
        controller.resource(secret(ACCOUNT)).create();

        assertThat(agent.secrets().inNamespace(OWN).withName("user-data").get()).isNotNull();
        for (var namespace :
                new String[] {FOREIGN, ACCOUNT, "minicloud-system", "minicloud-fabric", "minicloud-authorities"}) {
            assertForbidden(() -> agent.secrets().inNamespace(namespace).list());
            assertForbidden(() ->
                    agent.secrets().inNamespace(namespace).withName("user-data").get());
        }
        assertForbidden(
                () -> agent.secrets().inNamespace(OWN).withName("user-data").delete());
    }

    @Test
    void anAgentReadsAddressSetsAndWritesNone() {
        assertThat(agent.resources(AddressSet.class)
                        .inNamespace("minicloud-fabric")
                        .list()
                        .getItems())
                .isEmpty();
        assertForbidden(() -> agent.resource(configMap("minicloud-fabric", "x")).create());
    }

    @Test
    void anAgentTellsOfItsOwnHostAndNamespaceOnly() {
        agent.resource(event("default", "Host", "", "tower")).create();
        agent.resource(event(OWN, "HostNetwork", OWN, "vpc-1")).create();

        assertForbidden(
                () -> agent.resource(event("default", "Host", "", "shed")).create());
        assertForbidden(
                () -> agent.resource(event("default", "Vpc", "default", "main")).create());
        assertForbidden(() ->
                agent.resource(event(FOREIGN, "HostNetwork", FOREIGN, "vpc-1")).create());
        controller.resource(event(ACCOUNT, "Vpc", ACCOUNT, "main")).create();
        assertForbidden(
                () -> controller.events().v1().events().inNamespace(ACCOUNT).list());
    }

    @Test
    void whatHappensAgainIsCountedOnTheSameEvent() {
        var vpc = new Vpc();
        vpc.getMetadata().setNamespace(ACCOUNT);
        vpc.getMetadata().setName("flapping-" + "x".repeat(200));
        vpc.getMetadata().setUid("4711");
        var found = new Transition(Transition.Type.Normal, "Ready", "Ready=True");
        var lost = new Transition(Transition.Type.Warning, "HostNetworkLost", "Ready=False");

        try (var recorder = new KubernetesEventRecorder(
                controller, new KubernetesEventRecorder.Reporter("test", "here"), Clock.systemUTC())) {
            for (var transition : List.of(found, lost, found, lost, found)) {
                recorder.record(vpc, transition);
            }
        }

        var events = admin.resources(Event.class).inNamespace(ACCOUNT).list().getItems().stream()
                .filter(event -> "4711".equals(event.getRegarding().getUid()))
                .collect(Collectors.toMap(
                        Event::getReason, event -> event.getSeries().getCount()));
        assertThat(events).isEqualTo(Map.of("Ready", 3, "HostNetworkLost", 2));
    }

    @Test
    void theControllerHasNoRightOnPodsRolesTokensOrForeignSecrets() {
        assertForbidden(() -> controller.pods().inNamespace(ACCOUNT).list());
        assertForbidden(() -> controller.rbac().roles().inNamespace(ACCOUNT).list());
        assertForbidden(() -> controller.rbac().clusterRoleBindings().list());
        assertForbidden(() -> controller.secrets().inNamespace("kube-system").list());
        assertForbidden(
                () -> controller.secrets().inNamespace("minicloud-system").list());
        assertForbidden(() -> controller
                .serviceAccounts()
                .inNamespace(OWN)
                .withName("minicloud-agent")
                .tokenRequest(new io.fabric8.kubernetes.api.model.authentication.TokenRequest()));
    }

    @Test
    void theKeyOfAnAuthorityIsMadeAndReadByTheControllerAndNeverChanged() {
        var made = controller.resource(secret("minicloud-authorities")).create();
        var secrets = controller.secrets().inNamespace("minicloud-authorities");

        assertThat(secrets.withName("user-data").get()).isNotNull();
        assertForbidden(() -> controller.resource(made).update());
        assertForbidden(() -> controller.resource(made).patch(APPLY));
        assertForbidden(() -> secrets.withName("user-data").delete());
        assertForbidden(secrets::list);
    }

    @Test
    void ofTheConfigMapsOfAnAccountTheControllerReadsAndWritesTheOneOfItsAuthority() {
        var ours = controller.resource(configMap(ACCOUNT, "minicloud-ca")).create();
        admin.resource(configMap(ACCOUNT, "theirs")).create();

        assertThat(controller.resource(ours).get()).isNotNull();
        controller.resource(ours).update();
        assertForbidden(() -> controller.resource(ours).delete());
        assertForbidden(() ->
                controller.configMaps().inNamespace(ACCOUNT).withName("theirs").get());
        assertForbidden(() -> controller.resource(configMap(ACCOUNT, "theirs")).update());
        assertForbidden(() -> controller
                .resource(configMap("minicloud-system", "minicloud-ca"))
                .create());
    }

    private static ConfigMap configMap(String namespace, String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    @Test
    void onlyTheControllerClaimsAddresses() {
        controller.resource(claim("subnet-1-10.0.1.4")).create();

        assertForbidden(() -> admin.resource(claim("subnet-1-10.0.1.5")).create());
        assertForbidden(() -> admin.resources(AddressClaim.class)
                .withName("subnet-1-10.0.1.4")
                .delete());
        controller.resources(AddressClaim.class).withName("subnet-1-10.0.1.4").delete();
    }

    /** AWS: CannotDelete. */
    @Test
    void theDefaultGroupOfAVpcIsNotDeletedByAUser() {
        var group = """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: SecurityGroup
                metadata: {name: main-default, namespace: lab%s}
                spec: {groupName: default, description: default, vpcRef: {name: main}, isDefault: true}
                """;
        var owner = ", ownerReferences: [{apiVersion: ec2.minicloud.io/v1alpha1, kind: Vpc, name: main, uid: nobody}]";
        var groups = admin.resources(SecurityGroup.class).inNamespace(ACCOUNT).withName("main-default");
        server.apply(group.formatted(""));
        groups.delete();
        assertThat(groups.get()).isNull();

        server.apply(group.formatted(owner));
        assertThatThrownBy(groups::delete).hasMessageContaining("CannotDelete");
        controller
                .resources(SecurityGroup.class)
                .inNamespace(ACCOUNT)
                .withName("main-default")
                .delete();
        assertThat(groups.get()).isNull();
    }

    @Test
    void aProtectedInstanceIsNotDeleted() {
        var yaml = """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {name: web, namespace: lab}
                spec: {imageRef: {name: tiny}, instanceType: t3.micro, subnetRef: {name: a}, disableApiTermination: %s}
                """;
        var instances = admin.resources(Instance.class).inNamespace(ACCOUNT).withName("web");
        server.apply(yaml.formatted(true));

        assertForbidden(instances::delete);
        server.apply(yaml.formatted(false));
        instances.delete();
        assertThat(instances.get()).isNull();
    }

    @Test
    void aProtectedLoadBalancerIsNotDeleted() {
        var yaml = """
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: LoadBalancer
                metadata: {name: web, namespace: lab}
                spec: {subnetRefs: [{name: a}, {name: b}], attributes: {deletionProtection: %s}}
                """;
        var balancers = admin.resources(LoadBalancer.class).inNamespace(ACCOUNT).withName("web");
        server.apply(yaml.formatted(true));

        assertForbidden(balancers::delete);
        server.apply(yaml.formatted(false));
        balancers.delete();
        assertThat(balancers.get()).isNull();
    }

    /** AWS: what a service manages is released by that service alone. */
    @Test
    void whatALoadBalancerMakesIsNotChangedByAUser() {
        var yaml = """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ElasticIp
                metadata:
                  name: web-subnet-1
                  namespace: lab
                  ownerReferences:
                    - {apiVersion: elbv2.minicloud.io/v1alpha1, kind: LoadBalancer, name: web, uid: some-uid, controller: true}
                spec: {networkInterfaceRef: {name: %s}}
                """;
        var managed = admin.resources(ElasticIp.class).inNamespace(ACCOUNT).withName("web-subnet-1");
        assertForbidden(() -> server.apply(yaml.formatted("mine")));
        apply(controller, yaml.formatted("web-subnet-1"));

        assertForbidden(managed::delete);
        assertForbidden(() -> server.apply(yaml.formatted("mine")));
        var own = controller.resources(ElasticIp.class).inNamespace(ACCOUNT).withName("web-subnet-1");
        assertThat(own.get().isMarkedForDeletion()).isFalse();
        own.delete();
        assertThat(own.get()).isNull();
    }

    /** AWS: the primary interface is in use for as long as its instance lives, and nobody detaches it. */
    @Test
    void anInterfaceOfAnInstanceIsNotDeletedByAUser() {
        apply(controller, """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata:
                  name: web-eth0
                  namespace: lab
                  ownerReferences:
                    - {apiVersion: ec2.minicloud.io/v1alpha1, kind: Instance, name: web, uid: some-uid, controller: true}
                spec: {subnetRef: {name: a}, attachment: {instanceRef: {name: web}, deviceIndex: 0}}
                """);
        var own = controller
                .resources(NetworkInterface.class)
                .inNamespace(ACCOUNT)
                .withName("web-eth0");

        assertForbidden(() -> admin.resources(NetworkInterface.class)
                .inNamespace(ACCOUNT)
                .withName("web-eth0")
                .delete());
        assertForbidden(() -> server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: web-eth0, namespace: lab}
                spec: {subnetRef: {name: a}, sourceDestCheck: false, attachment: {instanceRef: {name: web}, deviceIndex: 0}}
                """));
        assertThat(own.get().isMarkedForDeletion()).isFalse();
        own.delete();
        assertThat(own.get()).isNull();
    }

    /** AWS: device index 0 is given at the launch alone. */
    @Test
    void aUserAttachesInterfacesOfTheirOwnButNeverAsThePrimaryOne() {
        var yaml = """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: %s, namespace: lab}
                spec: {subnetRef: {name: a}, attachment: {%s}}
                """;
        var spare = admin.resources(NetworkInterface.class).inNamespace(ACCOUNT).withName("spare");

        assertForbidden(() -> server.apply(yaml.formatted("first", "instanceRef: {name: web}, deviceIndex: 0")));
        assertForbidden(() -> server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: first, namespace: lab}
                spec: {subnetRef: {name: a}, sourceDestCheck: false, attachment: {natGatewayRef: {name: nat}, deviceIndex: 0}}
                """));
        server.apply(yaml.formatted("spare", "instanceRef: {name: web}, deviceIndex: 1"));
        server.apply(yaml.formatted("spare", "instanceRef: {name: web}, deviceIndex: 2"));
        assertThat(spare.get().getSpec().attachment().deviceIndex()).isEqualTo(2);
        spare.delete();
        assertThat(spare.get()).isNull();
    }

    @Test
    void aVolumeInUseIsNotDeletedByAUser() {
        var yaml = """
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Volume
                metadata: {name: web-root, namespace: lab}
                spec: {availabilityZone: home-1a, size: 8, attachments: [%s]}
                """;
        var volumes = admin.resources(Volume.class).inNamespace(ACCOUNT).withName("web-root");
        apply(controller, yaml.formatted("{instanceRef: {name: web}, device: /dev/xvda}"));

        assertThatThrownBy(volumes::delete).hasMessageContaining("VolumeInUse").hasMessageContaining("Instance web");
        controller
                .resources(Volume.class)
                .inNamespace(ACCOUNT)
                .withName("web-root")
                .delete();
        assertThat(volumes.get()).isNull();

        apply(controller, yaml.formatted(""));
        volumes.delete();
        assertThat(volumes.get()).isNull();
    }

    @Test
    void onlyWhereTheHostIsDeclaredLostAFinalizerIsRemovedInPlaceOfTheAgent() {
        var release = "{\"metadata\": {\"finalizers\": []}}";
        var resize = "{\"spec\": {\"sizeGiB\": 16}}";
        apply(controller, """
                apiVersion: host.minicloud.io/v1alpha1
                kind: HostDisk
                metadata: {name: vol-1, namespace: minicloud-host-shed, finalizers: [agent.minicloud.io/finalizer]}
                spec: {volumeId: vol-0123456789abcdef0, sizeGiB: 8, deletionPolicy: Retain}
                """);
        var disk = admin.resources(HostDisk.class).inNamespace(FOREIGN).withName("vol-1");
        controller
                .resources(HostDisk.class)
                .inNamespace(FOREIGN)
                .withName("vol-1")
                .delete();
        assertForbidden(() -> disk.patch(PatchContext.of(PatchType.JSON_MERGE), release));
        assertThat(disk.get().isMarkedForDeletion()).isTrue();

        lost("\"true\"");
        try {
            // The API server hears of the annotation a moment later.
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            !refused(() -> disk.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {}}")));
            assertForbidden(() -> disk.patch(PatchContext.of(PatchType.JSON_MERGE), resize));
            disk.patch(PatchContext.of(PatchType.JSON_MERGE), release);
            assertThat(disk.get()).isNull();
        } finally {
            lost("null");
        }
    }

    @Test
    void theChartCarriesTheDefinitionsOfTheRepository() {
        var rendered = Chart.helm("show", "crds", Chart.FOLDER);

        var names = admin.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(CustomResourceDefinition::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(rendered).contains(name));
    }

    private static void apply(KubernetesClient as, String yaml) {
        as.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> as.resource(item).patch(APPLY));
    }

    private static void lost(String value) {
        admin.namespaces()
                .withName(FOREIGN)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"minicloud.io/host-lost\": %s}}}".formatted(value));
    }

    private static Host status(String name) {
        var host = new Host();
        host.getMetadata().setName(name);
        host.setStatus(new HostStatus(null, 1L, null, null, "qemu", null));
        return host;
    }

    private static Secret secret(String namespace) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("user-data")
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(Map.of("userData", "#!/bin/sh"))
                .build();
    }

    private static Event event(String namespace, String kind, String of, String name) {
        var yaml = """
                apiVersion: events.k8s.io/v1
                kind: Event
                metadata: {generateName: test-, namespace: %s}
                eventTime: "2026-11-21T10:00:00.000000Z"
                reportingController: test
                reportingInstance: test
                action: Reconcile
                type: Normal
                reason: Ready
                regarding: {kind: %s, namespace: "%s", name: %s}
                """.formatted(namespace, kind, of, name);
        return admin.getKubernetesSerialization().unmarshal(yaml, Event.class);
    }

    private static AddressClaim claim(String name) {
        var yaml = """
                apiVersion: host.minicloud.io/v1alpha1
                kind: AddressClaim
                metadata: {name: %s}
                spec: {rangeId: subnet-1, address: 10.0.1.4, ownerKind: NetworkInterface, ownerNamespace: lab, ownerName: web-eth0, ownerUid: u}
                """.formatted(name);
        return admin.getKubernetesSerialization().unmarshal(yaml, AddressClaim.class);
    }

    private static boolean refused(Runnable call) {
        try {
            call.run();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == 403;
        }
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                .isEqualTo(403));
    }
}
