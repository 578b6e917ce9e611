package io.minicloud.controller.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.DnsRecord;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.s3.Bucket;
import io.minicloud.api.testing.ApiServer;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An account and a host of their own, with one of everything; and what has become of it. */
final class World {
    private static final Map<Class<? extends CustomResource<?, ? extends Conditioned>>, String> CLOUD = Map.ofEntries(
            Map.entry(AddressPool.class, "ipv4pool-ec2"),
            Map.entry(ElasticIp.class, "eipalloc"),
            Map.entry(Vpc.class, "vpc"),
            Map.entry(Subnet.class, "subnet"),
            Map.entry(SecurityGroup.class, "sg"),
            Map.entry(ManagedPrefixList.class, "pl"),
            Map.entry(NetworkAcl.class, "acl"),
            Map.entry(InternetGateway.class, "igw"),
            Map.entry(RouteTable.class, "rtb"),
            Map.entry(NatGateway.class, "nat"),
            Map.entry(LoadBalancer.class, "lb"),
            Map.entry(Listener.class, "lsn"),
            Map.entry(ListenerRule.class, "lsr"),
            Map.entry(TargetGroup.class, "tg"),
            Map.entry(NetworkInterface.class, "eni"),
            Map.entry(Image.class, "ami"),
            Map.entry(Volume.class, "vol"),
            Map.entry(Instance.class, "i"),
            Map.entry(Certificate.class, "cert"),
            Map.entry(Bucket.class, "bucket"));
    private static final List<Class<? extends HasMetadata>> HOST = List.of(
            HostImage.class,
            HostDisk.class,
            HostNetwork.class,
            HostInterface.class,
            HostMachine.class,
            HostAppliance.class,
            Secret.class);

    private final ApiServer server;
    private final KubernetesClient client;
    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String namespace = "world-" + unique;
    private final String host = "host-" + unique;
    private final String accountId = "%012d".formatted(Math.floorMod(unique.hashCode(), 1_000_000_000));
    private final FakeAgent agent;
    private final Map<String, String> ids = new HashMap<>();

    World(ApiServer server) {
        this.server = server;
        this.client = ApiServer.clientBuilder(server.patientConfig()).build();
        this.agent = new FakeAgent(client, hostNamespace());
        server.namespace(namespace);
        server.namespace(hostNamespace());
        server.namespace(Labels.FABRIC_NAMESPACE);
        server.namespace(Labels.AUTHORITIES_NAMESPACE);
    }

    String namespace() {
        return namespace;
    }

    FakeAgent agent() {
        return agent;
    }

    /** Asks for an account, a VPC and a subnet. */
    void network(String subnetCidr) {
        host();
        server.apply("""
                apiVersion: organizations.minicloud.io/v1alpha1
                kind: Account
                metadata: {name: %1$s}
                spec: {namespace: %1$s, accountId: "%2$s"}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: %1$s}
                spec: {cidrBlock: 10.0.0.0/16, secondaryCidrBlocks: [100.64.0.0/24]}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: a, namespace: %1$s}
                spec: {vpcRef: {name: main}, cidrBlock: %3$s, availabilityZone: home-1a}
                """.formatted(namespace, accountId, subnetCidr));
    }

    /** Asks for one of everything; who comes first is not to decide who has which address. */
    void populate() {
        network("10.0.1.0/24");
        server.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InstanceType
                metadata: {name: t3.micro}
                spec: {vCpus: 2, memoryMiB: 1024, maxNetworkInterfaces: 2, ipv4AddressesPerInterface: 2}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Image
                metadata: {name: disk, namespace: %1$s}
                spec: {format: qcow2, source: {file: disk, sha256: "%2$s"}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Subnet
                metadata: {name: b, namespace: %1$s}
                spec: {vpcRef: {name: main}, cidrBlock: 10.0.2.0/24, availabilityZone: home-1b}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InternetGateway
                metadata: {name: igw, namespace: %1$s}
                spec: {vpcRef: {name: main}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: RouteTable
                metadata: {name: public, namespace: %1$s}
                spec:
                  vpcRef: {name: main}
                  subnetRefs: [{name: a}]
                  routes:
                    - {destinationCidrBlock: 0.0.0.0/0, internetGatewayRef: {name: igw}}
                    - {destinationCidrBlock: 192.168.0.0/16, instanceRef: {name: web}}
                    - {destinationPrefixListRef: {name: office}, instanceRef: {name: web}}
                    - {destinationCidrBlock: 203.0.113.128/25, natGatewayRef: {name: nat}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ManagedPrefixList
                metadata: {name: office, namespace: %1$s}
                spec: {addressFamily: IPv4, maxEntries: 3, entries: [{cidr: 198.51.100.0/24}, {cidr: 192.0.2.0/24}]}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: SecurityGroup
                metadata: {name: web, namespace: %1$s}
                spec:
                  vpcRef: {name: main}
                  description: web servers
                  ingress: [{ipProtocol: tcp, fromPort: 80, toPort: 80, prefixListRef: {name: office}}]
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {name: web, namespace: %1$s}
                spec:
                  imageRef: {name: disk}
                  instanceType: t3.micro
                  subnetRef: {name: a}
                  privateIpAddress: 10.0.1.10
                  securityGroupRefs: [{name: web}]
                  userData: words
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: public}
                spec: {cidrBlocks: [203.0.113.0/28]}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ElasticIp
                metadata: {name: web, namespace: %1$s}
                spec: {addressPoolRef: {name: public}, instanceRef: {name: web}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: nat}
                spec: {cidrBlocks: [203.0.113.16/32]}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: ElasticIp
                metadata: {name: nat, namespace: %1$s}
                spec: {addressPoolRef: {name: nat}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NatGateway
                metadata: {name: nat, namespace: %1$s}
                spec: {subnetRef: {name: a}, elasticIpRef: {name: nat}, privateIpAddress: 10.0.1.20}
                ---
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: LoadBalancer
                metadata: {name: lb, namespace: %1$s}
                spec: {scheme: internal, subnetRefs: [{name: a}, {name: b}], securityGroupRefs: [{name: web}]}
                ---
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: TargetGroup
                metadata: {name: tg, namespace: %1$s}
                spec: {vpcRef: {name: main}, protocol: HTTP, port: 80, targets: [{instanceRef: {name: web}}]}
                ---
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: Listener
                metadata: {name: http, namespace: %1$s}
                spec:
                  loadBalancerRef: {name: lb}
                  port: 80
                  protocol: HTTP
                  defaultActions: [{type: forward, targetGroupRef: {name: tg}}]
                ---
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: ListenerRule
                metadata: {name: api, namespace: %1$s}
                spec:
                  listenerRef: {name: http}
                  priority: 10
                  conditions: [{field: path-pattern, values: ["/api/*"]}]
                  actions: [{type: forward, targetGroupRef: {name: tg}}]
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: spare, namespace: %1$s}
                spec:
                  subnetRef: {name: a}
                  privateIpAddress: 10.0.1.30
                  secondaryPrivateIpAddresses: [10.0.1.31]
                  securityGroupRefs: [{name: web}]
                  attachment: {instanceRef: {name: web}, deviceIndex: 1}
                ---
                apiVersion: acm.minicloud.io/v1alpha1
                kind: Certificate
                metadata: {name: site, namespace: %1$s}
                spec: {domainName: shop.lab, subjectAlternativeNames: ["*.shop.lab"], keyAlgorithm: EC_prime256v1}
                ---
                apiVersion: s3.minicloud.io/v1alpha1
                kind: Bucket
                metadata: {name: bucket-%3$s, namespace: %1$s}
                spec: {versioningConfiguration: {status: Enabled}, tags: {team: a}, deletionPolicy: Delete}
                """.formatted(namespace, "a".repeat(64), unique));
    }

    /** Asks for network interfaces that are attached to nothing. */
    void interfaces(List<String> names) {
        server.apply(names.stream().map(name -> """
                        apiVersion: ec2.minicloud.io/v1alpha1
                        kind: NetworkInterface
                        metadata: {name: %s, namespace: %s}
                        spec: {subnetRef: {name: a}}
                        """.formatted(name, namespace)).collect(Collectors.joining("---\n")));
    }

    /** A host with room that never stops beating. */
    private void host() {
        server.apply(
                """
                apiVersion: host.minicloud.io/v1alpha1
                kind: Host
                metadata: {name: "%1$s"}
                spec: {zones: [home-1a, home-1b]}
                ---
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "%2$s", name: "%1$s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: 6000, renewTime: "%3$s"}
                """.formatted(host, hostNamespace(), Instant.now().toString().substring(0, 19) + ".000000Z"));
        client.resources(Host.class)
                .withName(host)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"observedGeneration": 1, "allocatable": {"vCpus": 16, "memoryMiB": 4096, "diskGiB": 100},
                          "conditions": [
                            {"type": "Ready", "status": "True", "reason": "Ready", "message": "", "observedGeneration": 1,
                             "lastTransitionTime": "2026-11-21T10:00:00Z"}]}}
                        """);
    }

    /** Whether everything is there and works. */
    boolean isReady() {
        var all = cloud();
        return all.stream().map(Object::getClass).distinct().count() == CLOUD.size()
                && all.stream().allMatch(World::ready);
    }

    /** An object of the account. */
    <R extends HasMetadata> R find(Class<R> type, String name) {
        return client.resources(type).inNamespace(namespace).withName(name).get();
    }

    /** Writes into the status of an object of the account, as somebody else would. */
    <R extends HasMetadata> void report(Class<R> type, String name, String json) {
        client.resources(type)
                .inNamespace(namespace)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    /** The objects of a kind in the account. */
    <R extends HasMetadata> Stream<R> all(Class<R> type) {
        return items(client.resources(type).inNamespace(namespace));
    }

    /** Whether nothing is left. */
    boolean isGone() {
        return objects().findAny().isEmpty();
    }

    /** Asks for the end of everything that a user made, at once; the default group and ACL the garbage collector would take. */
    void abandon() {
        cloud().stream()
                .filter(object -> object.getMetadata().getOwnerReferences().isEmpty()
                        || object instanceof SecurityGroup
                        || object instanceof NetworkAcl)
                .forEach(object -> client.resource(object).delete());
    }

    /** Takes away what worlds would share: the host, on which another's instances would be placed, and the type. */
    void close() {
        client.resources(Host.class).withName(host).delete();
        client.resources(InstanceType.class).withName("t3.micro").delete();
        client.close();
    }

    /** Every object of a cluster-scoped kind, those of other worlds too. */
    <R extends HasMetadata> List<R> everywhere(Class<R> kind) {
        return client.resources(kind).list().getItems();
    }

    /** The version of every object: another one after any write. */
    Map<String, String> versions() {
        return objects()
                .collect(Collectors.toMap(
                        object -> object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                                + object.getMetadata().getName(),
                        object -> object.getMetadata().getResourceVersion()));
    }

    /** Everything that there is, without what differs from world to world: names by kind and name, objects as YAML. */
    Map<String, String> picture() {
        var picture = new TreeMap<String, String>();
        objects()
                .forEach(object -> picture.put(
                        plain(object.getKind() + " " + object.getMetadata().getName()), plain(portrait(object))));
        return picture;
    }

    /** A text without what differs from world to world. */
    String plain(String text) {
        var plain = named(text.replace(unique, "UNIQUE").replace(accountId, "ACCOUNT"));
        return plain.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("[0-9a-f]{2}(:[0-9a-f]{2}){15}", "SERIAL")
                .replaceAll("02(:[0-9a-f]{2}){5}", "MAC")
                .replaceAll("(eipassoc|vpc-cidr-assoc)-[0-9a-f]{17}", "ASSOCIATION")
                .replaceAll("eni-attach-[0-9a-f]{17}", "ATTACHMENT")
                .replaceAll("lb([-/])[0-9a-f]{16}", "lb$1BALANCER")
                .replaceAll("lb-\\d{10}[.]elb", "lb-BALANCER.elb")
                .replaceAll("(BALANCER|targetgroup/tg)/[0-9a-f]{16}", "$1/DIGITS")
                .replaceAll("DIGITS/[0-9a-f]{16}", "DIGITS/DIGITS")
                .replaceAll("[Gg]eneration: \\d+", "GENERATION")
                .replaceAll("mc[a-z][0-9a-f]{11}", "LINK")
                .replaceAll("table \\d+", "table NUMBER");
    }

    /** A text with names in place of ids. */
    private String named(String text) {
        var named = text;
        for (var id : ids.entrySet()) {
            named = named.replace(id.getKey(), id.getValue());
        }
        return named;
    }

    /** The objects that the controller reconciles. */
    List<? extends CustomResource<?, ? extends Conditioned>> cloud() {
        var found = CLOUD.keySet().stream()
                .flatMap(type -> items(client.resources(type).inNamespace(namespace)))
                .toList();
        found.forEach(object -> ids.put(
                AwsId.of(CLOUD.get(object.getClass()), object.getMetadata().getUid()),
                object.getKind() + ":" + object.getMetadata().getName()));
        // The interface of a load balancer has the id of a subnet in its name.
        ids.replaceAll((id, name) -> named(name));
        all(NetworkInterface.class)
                .filter(eni -> eni.getStatus() != null && eni.getStatus().macAddress() != null)
                .forEach(eni -> {
                    var name = named(eni.getMetadata().getName());
                    ids.put(eni.getStatus().macAddress(), "MAC:" + name);
                    ids.put(AwsId.of("eni", eni.getMetadata().getUid()).replace("eni-", "elb-"), "NODE:" + name);
                });
        return found;
    }

    private Stream<? extends HasMetadata> objects() {
        var cloud = cloud();
        return Stream.of(
                        cloud.stream(),
                        HOST.stream()
                                .flatMap(type -> items(client.resources(type).inNamespace(hostNamespace()))),
                        items(client.secrets().inNamespace(namespace)),
                        items(client.resources(AddressSet.class)
                                .inNamespace(Labels.FABRIC_NAMESPACE)
                                .withLabel(Labels.OWNER_NAMESPACE, namespace)),
                        items(client.resources(DnsRecord.class)
                                .inNamespace(Labels.FABRIC_NAMESPACE)
                                .withLabel(Labels.OWNER_NAMESPACE, namespace)),
                        items(client.resources(AddressClaim.class))
                                .filter(claim ->
                                        claim.getSpec().ownerNamespace().equals(namespace)))
                .flatMap(stream -> stream);
    }

    private String portrait(HasMetadata object) {
        if (object instanceof Secret secret) {
            return String.join("\n", new TreeMap<>(secret.getData()).keySet());
        }
        if (object instanceof AddressSet set) {
            set.setSpec(sorted(set.getSpec()));
        }
        if (object instanceof HostMachine machine) {
            sort(machine.getSpec().metadata().values());
        }
        var meta = object.getMetadata();
        object.setMetadata(new ObjectMetaBuilder()
                .withLabels(meta.getLabels())
                .withAnnotations(meta.getAnnotations())
                .withFinalizers(meta.getFinalizers())
                .withOwnerReferences(meta.getOwnerReferences())
                .build());
        return client.getKubernetesSerialization()
                .asYaml(subnetsSorted(client.getKubernetesSerialization().convertValue(object, JsonNode.class)));
    }

    /** Subnets stand in the order of their ids. */
    private JsonNode subnetsSorted(JsonNode node) {
        for (var field : List.of("subnets", "subnetIds")) {
            for (var parent : node.findParents(field)) {
                if (parent.get(field) instanceof ArrayNode array) {
                    var sorted = StreamSupport.stream(array.spliterator(), false)
                            .sorted(Comparator.comparing(one -> plain(one.toString())))
                            .toList();
                    array.removeAll().addAll(sorted);
                }
            }
        }
        return node;
    }

    /** Paths stand in the order of the MAC addresses that some name. */
    private void sort(Map<String, String> values) {
        var sorted = new TreeMap<String, String>();
        values.forEach((path, text) -> sorted.put(plain(path), text));
        values.clear();
        values.putAll(sorted);
    }

    /** Entries stand in the order in which they came. */
    private static AddressSetSpec sorted(AddressSetSpec spec) {
        return new AddressSetSpec(
                spec.setId(),
                spec.vpcId(),
                spec.type(),
                spec.slice(),
                spec.entries().stream()
                        .sorted(Comparator.comparing(AddressSetSpec.Entry::address))
                        .toList());
    }

    private static <R extends HasMetadata> Stream<R> items(Listable<? extends KubernetesResourceList<R>> list) {
        return list.list().getItems().stream();
    }

    private static boolean ready(CustomResource<?, ? extends Conditioned> object) {
        return Conditions.isTrue(object, ConditionType.READY) && Conditions.isTrue(object, ConditionType.PROGRAMMED);
    }

    private String hostNamespace() {
        return Labels.HOST_NAMESPACE_PREFIX + host;
    }
}
