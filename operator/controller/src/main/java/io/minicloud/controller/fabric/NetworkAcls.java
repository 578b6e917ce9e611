package io.minicloud.controller.fabric;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.NetworkAclSpec;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.host.HostNetworkSpec.AclEntry;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.ResolverReason;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The network ACLs of a VPC and which of them stands around which subnet: the senior one of those that name it, else the
 * default one. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html">Network ACL basics</a>
 */
public final class NetworkAcls {
    private static final int ALL = -1;
    private static final int FIRST_NUMBER = 100;
    private static final AclEntry EVERYTHING = new AclEntry(FIRST_NUMBER, true, "-1", ALL, ALL, "0.0.0.0/0");

    private final List<NetworkAcl> acls;
    private final Map<String, Subnet> subnets;
    private final Map<String, NetworkAcl> around = new LinkedHashMap<>();
    private final int quota;

    /**
     * The ACLs of a VPC.
     *
     * @param acls those of the VPC
     * @param subnets those of the VPC
     * @param quota the entries that a direction may have; those beyond it are left out, so what they match is denied
     */
    public NetworkAcls(Collection<NetworkAcl> acls, Collection<Subnet> subnets, int quota) {
        this.acls = acls.stream().sorted(Seniority.order()).toList();
        this.subnets = subnets.stream()
                .collect(toMap(
                        subnet -> subnet.getMetadata().getName(), identity(), (one, other) -> one, LinkedHashMap::new));
        this.quota = quota;
        this.acls.forEach(acl -> names(acl).forEach(name -> around.putIfAbsent(name, acl)));
        this.acls.stream()
                .filter(NetworkAcls::isDefault)
                .forEach(acl -> this.subnets.keySet().forEach(name -> around.putIfAbsent(name, acl)));
    }

    /** All of them as hosts are told, each with its subnets. */
    public List<HostNetworkSpec.NetworkAcl> compiled() {
        return acls.stream().map(this::compiled).toList();
    }

    /** One of them as hosts are told. */
    public HostNetworkSpec.NetworkAcl compiled(NetworkAcl acl) {
        var subnetIds = subnets.entrySet().stream()
                .filter(subnet -> isAround(acl, subnet.getKey()))
                .map(subnet ->
                        AwsId.of("subnet", subnet.getValue().getMetadata().getUid()))
                .sorted()
                .toList();
        return new HostNetworkSpec.NetworkAcl(
                id(acl),
                subnetIds,
                entries(acl, acl.getSpec().ingress()),
                entries(acl, acl.getSpec().egress()));
    }

    /** Whether the ACL stands around every subnet that it names, with every entry; else why not. */
    public Resolution<HostNetworkSpec.NetworkAcl> judge(NetworkAcl acl) {
        return Stream.concat(
                        names(acl).map(name -> judge(acl, name)),
                        Stream.of(
                                judge("ingress", acl.getSpec().ingress()),
                                judge("egress", acl.getSpec().egress())))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Resolution.Resolved<>(compiled(acl)));
    }

    /** The default ACL of a VPC: that of its name which says so. */
    public static boolean isDefault(NetworkAcl acl) {
        return Boolean.TRUE.equals(acl.getSpec().isDefault())
                && References.defaultOf(acl.getSpec().vpcRef().name())
                        .equals(acl.getMetadata().getName());
    }

    private Optional<Resolution<HostNetworkSpec.NetworkAcl>> judge(NetworkAcl acl, String name) {
        var vpc = acl.getSpec().vpcRef().name();
        if (!subnets.containsKey(name)) {
            return Optional.of(new Resolution.Waiting<>(
                    ResolverReason.SubnetNotFound, "Subnet " + name + " does not exist in Vpc " + vpc));
        }
        return isAround(acl, name)
                ? Optional.empty()
                : Optional.of(new Resolution.Waiting<>(
                        FabricReason.SubnetHasNetworkAcl,
                        "Subnet %s has NetworkAcl %s already: take it out of the subnetRefs there"
                                .formatted(
                                        name,
                                        Objects.requireNonNull(around.get(name))
                                                .getMetadata()
                                                .getName())));
    }

    private Optional<Resolution<HostNetworkSpec.NetworkAcl>> judge(
            String direction, @Nullable List<NetworkAclSpec.Entry> entries) {
        return entries == null || entries.size() <= quota
                ? Optional.empty()
                : Optional.of(new Resolution.Invalid<>(
                        FabricReason.NetworkAclEntryLimitExceeded,
                        "%s has %d entries and may have %d: those with the highest numbers are left out"
                                .formatted(direction, entries.size(), quota)));
    }

    private boolean isAround(NetworkAcl acl, String subnet) {
        var standing = around.get(subnet);
        return standing != null
                && standing.getMetadata().getName().equals(acl.getMetadata().getName());
    }

    private List<AclEntry> entries(NetworkAcl acl, @Nullable List<NetworkAclSpec.Entry> entries) {
        if (entries == null) {
            return isDefault(acl) ? List.of(EVERYTHING) : List.of();
        }
        return entries.stream()
                .sorted(Comparator.comparing(NetworkAclSpec.Entry::ruleNumber))
                .limit(quota)
                .map(NetworkAcls::entry)
                .toList();
    }

    private static AclEntry entry(NetworkAclSpec.Entry entry) {
        var ports = entry.portRange();
        var icmp = entry.icmpTypeCode();
        int from = ports != null ? ports.from() : icmp != null ? icmp.type() : ALL;
        int to = ports != null ? ports.to() : icmp != null ? icmp.code() : ALL;
        return new AclEntry(
                entry.ruleNumber(), "allow".equals(entry.ruleAction()), entry.protocol(), from, to, entry.cidrBlock());
    }

    private static Stream<String> names(NetworkAcl acl) {
        var refs = acl.getSpec().subnetRefs();
        return refs == null ? Stream.of() : refs.stream().map(LocalRef::name);
    }

    private static String id(NetworkAcl acl) {
        return AwsId.of("acl", acl.getMetadata().getUid());
    }
}
