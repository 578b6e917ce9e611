package io.minicloud.controller.resolver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.common.Labels;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.organizations.Account;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indexes by which references are followed backwards. Every key function is total: a missing field gives no key. */
public final class Indexes {
    /** By the reference to a VPC: {@code namespace/name}. */
    public static final String VPC = "vpc";

    /** By the reference to a subnet: {@code namespace/name}. */
    public static final String SUBNET = "subnet";

    /** By the reference to an instance: {@code namespace/name}. */
    public static final String INSTANCE = "instance";

    /** By security group: {@code namespace/name} of those that are named, AWS id of those in force. */
    public static final String SECURITY_GROUP = "security-group";

    /** By the network interface, instance or NAT gateway that a route leads to: kind and {@code namespace/name}. */
    public static final String ROUTE_TARGET = "route-target";

    /** By the object's own AWS id. */
    public static final String AWS_ID = "aws-id";

    /** By the label with the AWS id of the VPC. */
    public static final String VPC_ID = "vpc-id";

    /** By the uid of the owner. */
    public static final String OWNER_UID = "owner-uid";

    /** By the AWS id of the subnet or pool that an address was claimed from. */
    public static final String RANGE_ID = "range-id";

    /** By namespace of a host and name of a HostInterface that is used. */
    public static final String HOST_INTERFACE = "host-interface";

    /** By the namespace that an account is. */
    public static final String ACCOUNT_NAMESPACE = "account-namespace";

    private Indexes() {}

    /** The key of an object of a namespace. */
    public static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** The key of an object. */
    public static String key(HasMetadata resource) {
        return key(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    /** Indexes subnets by their VPC. */
    public static void subnetsByVpc(IndexerResourceCache<Subnet> cache) {
        add(
                cache,
                VPC,
                subnet -> ref(
                        subnet,
                        subnet.getSpec() == null ? null : subnet.getSpec().vpcRef()));
    }

    /** Indexes security groups by their VPC. */
    public static void groupsByVpc(IndexerResourceCache<SecurityGroup> cache) {
        add(
                cache,
                VPC,
                group -> ref(
                        group, group.getSpec() == null ? null : group.getSpec().vpcRef()));
    }

    /** Indexes network ACLs by their VPC. */
    public static void aclsByVpc(IndexerResourceCache<NetworkAcl> cache) {
        add(
                cache,
                VPC,
                acl -> ref(acl, acl.getSpec() == null ? null : acl.getSpec().vpcRef()));
    }

    /** Indexes route tables by their VPC and by the {@link #ROUTE_TARGET} of their routes. */
    public static void routeTables(IndexerResourceCache<RouteTable> cache) {
        add(
                cache,
                VPC,
                table -> ref(
                        table, table.getSpec() == null ? null : table.getSpec().vpcRef()));
        add(cache, ROUTE_TARGET, Indexes::routeTargets);
    }

    /** The key of what a route leads to. */
    public static String routeTarget(Class<? extends HasMetadata> kind, String namespace, String name) {
        return kind.getSimpleName() + " " + key(namespace, name);
    }

    private static List<String> routeTargets(RouteTable table) {
        var routes = table.getSpec() == null ? null : table.getSpec().routes();
        return Stream.ofNullable(routes)
                .flatMap(List::stream)
                .flatMap(route -> Stream.of(
                        routeTarget(table, NetworkInterface.class, route.networkInterfaceRef()),
                        routeTarget(table, Instance.class, route.instanceRef()),
                        routeTarget(table, NatGateway.class, route.natGatewayRef())))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Optional<String> routeTarget(
            RouteTable table, Class<? extends HasMetadata> kind, @Nullable LocalRef ref) {
        return Optional.ofNullable(ref)
                .map(named -> routeTarget(kind, table.getMetadata().getNamespace(), named.name()));
    }

    /** Indexes security groups by the groups that their rules name. */
    public static void groupsByRule(IndexerResourceCache<SecurityGroup> cache) {
        add(
                cache,
                SECURITY_GROUP,
                group -> group.getSpec() == null
                        ? List.of()
                        : Stream.of(group.getSpec().ingress(), group.getSpec().egress())
                                .filter(Objects::nonNull)
                                .flatMap(List::stream)
                                .flatMap(rule -> ref(group, rule.securityGroupRef()).stream())
                                .distinct()
                                .toList());
    }

    /** Indexes network interfaces by subnet, by the groups that they name and by the instance that they are attached to. */
    public static void interfaces(IndexerResourceCache<NetworkInterface> cache) {
        add(
                cache,
                SUBNET,
                eni -> ref(eni, eni.getSpec() == null ? null : eni.getSpec().subnetRef()));
        add(
                cache,
                INSTANCE,
                eni -> ref(
                        eni,
                        eni.getSpec() == null || eni.getSpec().attachment() == null
                                ? null
                                : eni.getSpec().attachment().instanceRef()));
        add(cache, SECURITY_GROUP, Indexes::groups);
    }

    private static List<String> groups(NetworkInterface eni) {
        var named = eni.getSpec() == null ? null : eni.getSpec().securityGroupRefs();
        var inForce = eni.getStatus() == null ? null : eni.getStatus().securityGroupIds();
        return Stream.concat(
                        Stream.ofNullable(named).flatMap(List::stream).flatMap(group -> ref(eni, group).stream()),
                        Stream.ofNullable(inForce).flatMap(List::stream))
                .toList();
    }

    /** Indexes objects by their own AWS id. */
    public static <R extends HasMetadata> void byAwsId(IndexerResourceCache<R> cache, String prefix) {
        add(
                cache,
                AWS_ID,
                resource -> List.of(AwsId.of(prefix, resource.getMetadata().getUid())));
    }

    /** Those of the objects that {@link #byAwsId} indexed which have these AWS ids, for mappers. */
    public static <R extends HasMetadata> Set<ResourceID> ofAwsIds(
            IndexerResourceCache<R> cache, Stream<String> awsIds) {
        return awsIds.flatMap(id -> cache.byIndex(AWS_ID, id).stream())
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** Indexes derived objects by the VPC and by the uid of the owner that their labels name. */
    public static <R extends HasMetadata> void derived(IndexerResourceCache<R> cache) {
        add(cache, VPC_ID, resource -> List.of(OwnerLink.label(resource, Labels.VPC_ID)));
        add(cache, OWNER_UID, resource -> List.of(OwnerLink.label(resource, Labels.OWNER_UID)));
    }

    /** Indexes claims by range and by owner. */
    public static void claims(IndexerResourceCache<AddressClaim> cache) {
        add(
                cache,
                RANGE_ID,
                claim -> claim.getSpec() == null
                        ? List.of()
                        : List.of(claim.getSpec().rangeId()));
        add(
                cache,
                OWNER_UID,
                claim -> claim.getSpec() == null
                        ? List.of()
                        : List.of(claim.getSpec().ownerUid()));
    }

    /** Indexes machines by the ports that they use. */
    public static void machinesByInterface(IndexerResourceCache<HostMachine> cache) {
        add(
                cache,
                HOST_INTERFACE,
                machine -> machine.getSpec() == null || machine.getSpec().interfaces() == null
                        ? List.of()
                        : machine.getSpec().interfaces().stream()
                                .map(port -> key(machine.getMetadata().getNamespace(), port.hostInterfaceName()))
                                .toList());
    }

    /** Indexes accounts by their namespace. */
    public static void accounts(IndexerResourceCache<Account> cache) {
        add(
                cache,
                ACCOUNT_NAMESPACE,
                account -> account.getSpec() == null
                        ? List.of()
                        : List.of(account.getSpec().namespace()));
    }

    /** The ids of objects, for mappers. */
    public static <R extends HasMetadata> Set<ResourceID> ids(List<R> resources) {
        return resources.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    private static <R extends HasMetadata> void add(
            IndexerResourceCache<R> cache, String name, Function<R, List<String>> keys) {
        cache.addIndexer(name, keys);
    }

    private static List<String> ref(HasMetadata from, @Nullable LocalRef ref) {
        return ref == null ? List.of() : List.of(key(from.getMetadata().getNamespace(), ref.name()));
    }
}
