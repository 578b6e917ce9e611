package io.minicloud.controller.fabric;

import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.SecurityGroupSpec;
import io.minicloud.api.host.HostNetworkSpec.Rule;
import io.minicloud.controller.prefixlist.PrefixLists;
import io.minicloud.controller.resolver.ResolverReason;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a security group lets pass, as hosts are told. A rule that cannot be followed lets nothing pass and takes no other
 * rule with it; the first such rule is the fault that its owner is told. Pure.
 *
 * @param ingress what is let in
 * @param egress what is let out
 * @param fault why a rule is left out: {@code Waiting} or {@code Invalid}; empty when every rule is in force
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">Security group rules</a>
 */
public record GroupPermissions(List<Rule> ingress, List<Rule> egress, Optional<Resolution<GroupPermissions>> fault) {
    private static final int ALL_PORTS = -1;
    private static final String ALL_PROTOCOLS = "-1";
    private static final String EVERYWHERE = "0.0.0.0/0";

    /**
     * Compiles the rules of a group. Without any a default group lets its members in, another one nobody, and both let
     * everything out.
     *
     * @param group the group
     * @param known the groups of its namespace, by name
     * @param lists the prefix lists of its namespace, by name
     * @param quota the rules that a direction may have, a prefix list counted by its maxEntries; those beyond it are left out
     */
    public static GroupPermissions of(
            SecurityGroup group,
            Function<String, Optional<SecurityGroup>> known,
            Function<String, Optional<ManagedPrefixList>> lists,
            int quota) {
        var spec = group.getSpec();
        var compiler = new Compiler(group, known, lists, quota);
        var ingress = spec.ingress() == null ? members(group) : compiler.compile("ingress", spec.ingress());
        var egress = spec.egress() == null ? everything() : compiler.compile("egress", spec.egress());
        return new GroupPermissions(ingress, egress, Optional.ofNullable(compiler.fault));
    }

    /** The permissions where every rule is in force, else why one is not. */
    public Resolution<GroupPermissions> judged() {
        return fault.orElseGet(() -> new Resolution.Resolved<>(this));
    }

    private static List<Rule> members(SecurityGroup group) {
        return Boolean.TRUE.equals(group.getSpec().isDefault())
                ? List.of(new Rule(ALL_PROTOCOLS, ALL_PORTS, ALL_PORTS, null, id(group)))
                : List.of();
    }

    private static List<Rule> everything() {
        return List.of(new Rule(ALL_PROTOCOLS, ALL_PORTS, ALL_PORTS, EVERYWHERE, null));
    }

    private static String id(SecurityGroup group) {
        return AwsId.of("sg", group.getMetadata().getUid());
    }

    private static final class Compiler {
        private final SecurityGroup group;
        private final Function<String, Optional<SecurityGroup>> known;
        private final Function<String, Optional<ManagedPrefixList>> lists;
        private final int quota;
        private @Nullable Resolution<GroupPermissions> fault;

        Compiler(
                SecurityGroup group,
                Function<String, Optional<SecurityGroup>> known,
                Function<String, Optional<ManagedPrefixList>> lists,
                int quota) {
            this.group = group;
            this.known = known;
            this.lists = lists;
            this.quota = quota;
        }

        List<Rule> compile(String direction, List<SecurityGroupSpec.Rule> rules) {
            var counted = rules.stream().mapToInt(this::weight).sum();
            if (counted > quota) {
                tell(new Resolution.Invalid<>(
                        FabricReason.RulesPerSecurityGroupLimitExceeded,
                        "%s has %d rules and may have %d, a prefix list counting as its maxEntries: from the first on, those that do not fit let nothing pass"
                                .formatted(direction, counted, quota)));
            }
            var compiled = new ArrayList<Rule>();
            var left = quota;
            for (int i = 0; i < rules.size(); i++) {
                var weight = weight(rules.get(i));
                if (weight <= left) {
                    left -= weight;
                    compiled.addAll(compile(direction + "[" + i + "]", rules.get(i)));
                }
            }
            return List.copyOf(compiled);
        }

        private int weight(SecurityGroupSpec.Rule rule) {
            return rule.prefixListRef() == null
                    ? 1
                    : PrefixLists.weight(lists.apply(rule.prefixListRef().name()));
        }

        private List<Rule> compile(String where, SecurityGroupSpec.Rule rule) {
            if (rule.prefixListRef() != null) {
                return listed(where, rule, rule.prefixListRef().name());
            }
            return rule.securityGroupRef() == null
                    ? List.of(rule(rule, rule.cidrIpv4(), null))
                    : grouped(where, rule, rule.securityGroupRef().name());
        }

        private List<Rule> listed(String where, SecurityGroupSpec.Rule rule, String name) {
            var named = lists.apply(name);
            if (named.isEmpty()) {
                tell(new Resolution.Waiting<>(
                        ResolverReason.PrefixListNotFound,
                        "%s lets nothing pass: ManagedPrefixList %s does not exist in this namespace"
                                .formatted(where, name)));
                return List.of();
            }
            return PrefixLists.cidrs(named.get()).stream()
                    .map(cidr -> rule(rule, cidr, null))
                    .toList();
        }

        private List<Rule> grouped(String where, SecurityGroupSpec.Rule rule, String name) {
            var named = known.apply(name);
            if (named.isEmpty()) {
                tell(new Resolution.Waiting<>(
                        ResolverReason.SecurityGroupNotFound,
                        "%s lets nothing pass: SecurityGroup %s does not exist in this namespace"
                                .formatted(where, name)));
                return List.of();
            }
            var vpc = named.get().getSpec().vpcRef();
            if (!vpc.equals(group.getSpec().vpcRef())) {
                tell(new Resolution.Invalid<>(
                        ResolverReason.InvalidSecurityGroup,
                        "%s lets nothing pass: SecurityGroup %s belongs to Vpc %s, this one to Vpc %s"
                                .formatted(
                                        where,
                                        name,
                                        vpc.name(),
                                        group.getSpec().vpcRef().name())));
                return List.of();
            }
            return List.of(rule(rule, null, id(named.get())));
        }

        private void tell(Resolution<GroupPermissions> found) {
            fault = fault == null ? found : fault;
        }

        private static Rule rule(SecurityGroupSpec.Rule rule, @Nullable String cidr, @Nullable String groupId) {
            return new Rule(rule.ipProtocol(), orAll(rule.fromPort()), orAll(rule.toPort()), cidr, groupId);
        }

        private static int orAll(@Nullable Integer port) {
            return port == null ? ALL_PORTS : port;
        }
    }
}
