package io.minicloud.controller.resolver;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which groups an interface is in: those that it names, of its own VPC, or the VPC's default one. Pure. */
public final class GroupRules {
    private GroupRules() {}

    /**
     * Resolves the groups.
     *
     * @param refs the groups that are named
     * @param namespace the account's
     * @param vpcName the VPC of the interface
     * @param cached all groups, indexed by VPC
     * @return their AWS ids, in the order in which they were named
     */
    public static Resolution<List<String>> resolve(
            @Nullable List<LocalRef> refs, String namespace, String vpcName, Cached<SecurityGroup> cached) {
        Map<String, SecurityGroup> known = new LinkedHashMap<>();
        if (refs != null) {
            refs.forEach(ref -> cached.find(namespace, ref.name()).ifPresent(group -> known.put(ref.name(), group)));
        }
        cached.by(Indexes.VPC, Indexes.key(namespace, vpcName))
                .forEach(group -> known.put(group.getMetadata().getName(), group));
        return resolve(refs, vpcName, known);
    }

    /**
     * Resolves the groups.
     *
     * @param refs the groups that are named
     * @param vpcName the VPC of the interface
     * @param known the groups of the namespace that may be meant, by name
     * @return their AWS ids, in the order in which they were named
     */
    static Resolution<List<String>> resolve(
            @Nullable List<LocalRef> refs, String vpcName, Map<String, SecurityGroup> known) {
        if (refs == null || refs.isEmpty()) {
            return defaultGroup(vpcName, known);
        }
        var ids = new ArrayList<String>();
        for (var ref : refs) {
            var group = known.get(ref.name());
            if (group == null) {
                return new Resolution.Waiting<>(
                        ResolverReason.SecurityGroupNotFound,
                        "SecurityGroup " + ref.name() + " does not exist in this namespace");
            }
            if (!isOf(vpcName, group)) {
                return new Resolution.Invalid<>(
                        ResolverReason.InvalidSecurityGroup,
                        "SecurityGroup " + ref.name() + " belongs to Vpc "
                                + group.getSpec().vpcRef().name() + ", the subnet to Vpc " + vpcName);
            }
            ids.add(id(group));
        }
        return new Resolution.Resolved<>(ids.stream().distinct().toList());
    }

    private static Resolution<List<String>> defaultGroup(String vpcName, Map<String, SecurityGroup> known) {
        return Optional.ofNullable(known.get(References.defaultOf(vpcName)))
                .filter(group -> isOf(vpcName, group))
                .filter(group -> Boolean.TRUE.equals(group.getSpec().isDefault()))
                .<Resolution<List<String>>>map(group -> new Resolution.Resolved<>(List.of(id(group))))
                .orElseGet(() -> new Resolution.Waiting<>(
                        ResolverReason.SecurityGroupNotFound,
                        "the default security group of Vpc " + vpcName + " is not there yet"));
    }

    private static boolean isOf(String vpcName, SecurityGroup group) {
        return group.getSpec().vpcRef().name().equals(vpcName);
    }

    private static String id(SecurityGroup group) {
        return AwsId.of("sg", group.getMetadata().getUid());
    }
}
