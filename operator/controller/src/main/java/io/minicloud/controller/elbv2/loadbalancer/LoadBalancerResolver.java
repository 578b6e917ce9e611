package io.minicloud.controller.elbv2.loadbalancer;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.GroupRules;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Follows the references of a load balancer. */
final class LoadBalancerResolver {
    private final LoadBalancer balancer;
    private final Context<LoadBalancer> context;
    private final int quota;
    private final String namespace;

    LoadBalancerResolver(LoadBalancer balancer, Context<LoadBalancer> context, int quota) {
        this.balancer = balancer;
        this.context = context;
        this.quota = quota;
        this.namespace = balancer.getMetadata().getNamespace();
    }

    /** Everything, in the order in which a person would mend it. */
    Resolution<LoadBalancerInputs> resolve() {
        return account().then(account -> LoadBalancerRules.withinQuota(balancer, siblings(), quota)
                .then(within -> each(balancer.getSpec().subnetRefs(), this::subnet))
                .then(LoadBalancerRules::together)
                .then(subnets -> vpc(subnets.getFirst()).then(vpc -> LoadBalancerRules.remaining(balancer, id(vpc))
                        .then(same -> each(subnets, subnet -> LoadBalancerRules.roomy(balancer, subnet)))
                        .then(roomy -> reached(vpc))
                        .then(reached -> groups(vpc))
                        .then(groups -> LogWish.judge(balancer, context))
                        .then(logged -> new Resolution.Resolved<>(new LoadBalancerInputs(account, vpc, subnets))))));
    }

    private Resolution<String> account() {
        return References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
    }

    /** From the cache whose events wake this load balancer: another one may still hold a sibling that is gone. */
    private List<LoadBalancer> siblings() {
        return Cached.of(context, LoadBalancer.class)
                .all()
                .filter(other -> other.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    private Resolution<Subnet> subnet(LocalRef ref) {
        var found = Cached.of(context, Subnet.class).find(namespace, ref.name());
        var tenant = found.map(LoadBalancerInputs::subnetId)
                .flatMap(id -> LoadBalancers.node(balancer, id))
                .isPresent();
        return References.subnet(ref.name(), found, tenant);
    }

    private Resolution<Vpc> vpc(Subnet subnet) {
        var name = subnet.getSpec().vpcRef().name();
        return References.vpc(
                name,
                Cached.of(context, Vpc.class).find(namespace, name),
                !LoadBalancers.nodes(balancer).isEmpty());
    }

    /** One that faces the internet is reached through the internet gateway of its VPC. */
    private Resolution<Vpc> reached(Vpc vpc) {
        var gateways = InternetGateways.of(Cached.of(context, InternetGateway.class), Indexes.key(vpc), id(vpc));
        return !LoadBalancers.isInternetFacing(balancer)
                        || InternetGateways.attached(id(vpc), gateways).isPresent()
                ? new Resolution.Resolved<>(vpc)
                : new Resolution.Waiting<>(
                        LoadBalancerReason.InvalidSubnet,
                        "Vpc " + vpc.getMetadata().getName()
                                + " has no internet gateway: attach an InternetGateway to it, or make a new load balancer with scheme: internal");
    }

    private Resolution<List<String>> groups(Vpc vpc) {
        return LoadBalancers.hasGroups(balancer)
                ? GroupRules.resolve(
                        balancer.getSpec().securityGroupRefs(),
                        namespace,
                        vpc.getMetadata().getName(),
                        Cached.of(context, SecurityGroup.class))
                : new Resolution.Resolved<>(List.of());
    }

    /** All of them, or the first that leads nowhere. */
    private static <A, B> Resolution<List<B>> each(List<A> all, Function<A, Resolution<B>> one) {
        Resolution<List<B>> found = new Resolution.Resolved<>(List.of());
        for (var next : all) {
            found = found.then(before -> one.apply(next)
                    .then(value -> new Resolution.Resolved<>(
                            Stream.concat(before.stream(), Stream.of(value)).toList())));
        }
        return found;
    }

    private static String id(Vpc vpc) {
        return AwsId.of("vpc", vpc.getMetadata().getUid());
    }
}
