package io.minicloud.controller.resolver;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.organizations.Account;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Judges what a reference led to. Pure: the caches are read by the caller. */
public final class References {
    private References() {}

    /**
     * The account that a namespace is.
     *
     * @param namespace where the object lives
     * @param enrolled the accounts that name this namespace
     * @return its 12-digit id
     */
    public static Resolution<String> account(String namespace, List<Account> enrolled) {
        if (namespace.startsWith("minicloud-")) {
            return new Resolution.Invalid<>(
                    ResolverReason.NotAnAccount, "namespaces named minicloud-* are never accounts; use another one");
        }
        return enrolled.stream()
                .filter(account -> Conditions.isTrue(account, ConditionType.ACCEPTED))
                .findFirst()
                .<Resolution<String>>map(
                        account -> new Resolution.Resolved<>(account.getSpec().accountId()))
                .orElseGet(() -> new Resolution.Waiting<>(
                        ResolverReason.NotAnAccount,
                        "namespace " + namespace + " is not an account; an administrator enrols it with an Account"));
    }

    /**
     * The VPC of something that wants to live in it.
     *
     * @param name the name that was written
     * @param found what the cache has under it
     * @param tenant whether the asking object lives there already: then a terminating VPC still holds it
     */
    public static Resolution<Vpc> vpc(String name, Optional<Vpc> found, boolean tenant) {
        return usable(
                found,
                tenant,
                new Missing(
                        "Vpc " + name,
                        ResolverReason.VpcNotFound,
                        ResolverReason.VpcPending,
                        ResolverReason.VpcNotAccepted,
                        ResolverReason.VpcTerminating));
    }

    /**
     * The subnet of something that wants to live in it.
     *
     * @param name the name that was written
     * @param found what the cache has under it
     * @param tenant whether the asking object lives there already: then a terminating subnet still holds it
     */
    public static Resolution<Subnet> subnet(String name, Optional<Subnet> found, boolean tenant) {
        return usable(
                found,
                tenant,
                new Missing(
                        "Subnet " + name,
                        ResolverReason.SubnetNotFound,
                        ResolverReason.SubnetPending,
                        ResolverReason.SubnetNotAccepted,
                        ResolverReason.SubnetTerminating));
    }

    /** The name of what a VPC makes for itself: its default security group and its default network ACL. */
    public static String defaultOf(String vpc) {
        return vpc + "-default";
    }

    /** The name of a security group in AWS. */
    public static String groupName(SecurityGroup group) {
        return Objects.requireNonNullElse(
                group.getSpec().groupName(), group.getMetadata().getName());
    }

    /** The namespace of a host's objects. */
    public static String hostNamespace(String host) {
        return Labels.HOST_NAMESPACE_PREFIX + host;
    }

    /** The host whose namespace this is. */
    public static String hostOf(String namespace) {
        return namespace.startsWith(Labels.HOST_NAMESPACE_PREFIX)
                ? namespace.substring(Labels.HOST_NAMESPACE_PREFIX.length())
                : namespace;
    }

    private record Missing(
            String what,
            ResolverReason absent,
            ResolverReason pending,
            ResolverReason refused,
            ResolverReason terminating) {}

    private static <R extends CustomResource<?, ? extends Conditioned>> Resolution<R> usable(
            Optional<R> found, boolean tenant, Missing words) {
        if (found.isEmpty()) {
            return new Resolution.Waiting<>(words.absent, words.what + " does not exist in this namespace");
        }
        var resource = found.get();
        if (resource.isMarkedForDeletion() && !tenant) {
            return new Resolution.Waiting<>(words.terminating, words.what + " is being deleted");
        }
        if (!tenant && !Conditions.isTrue(resource, ConditionType.ACCEPTED)) {
            return refused(resource)
                    ? new Resolution.Waiting<>(words.refused, words.what + " is not accepted; see its status")
                    : new Resolution.Waiting<>(words.pending, words.what + " is not accepted yet");
        }
        return new Resolution.Resolved<>(resource);
    }

    private static boolean refused(CustomResource<?, ? extends Conditioned> resource) {
        return Conditions.find(resource.getStatus(), ConditionType.ACCEPTED)
                .filter(accepted -> accepted.status().equals("False"))
                .isPresent();
    }
}
