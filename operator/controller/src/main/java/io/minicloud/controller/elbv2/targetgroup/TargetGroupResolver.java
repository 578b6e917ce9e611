package io.minicloud.controller.elbv2.targetgroup;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.EstateRules;
import io.minicloud.controller.loadbalancing.InForce;
import io.minicloud.controller.loadbalancing.LoadBalancerNodes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;

/** Follows the references of a target group, and finds who forwards to it. */
final class TargetGroupResolver {
    private final TargetGroup group;
    private final Context<TargetGroup> context;
    private final EstateRules rules;
    private final String namespace;

    TargetGroupResolver(TargetGroup group, Context<TargetGroup> context, Quotas quotas) {
        this.group = group;
        this.context = context;
        this.namespace = group.getMetadata().getNamespace();
        this.rules = new InForce(Estate.of(namespace, context), quotas).rules();
    }

    /** Everything, in the order in which a person would mend it. */
    Resolution<GroupPlace> resolve() {
        return account().then(account -> rules.withinQuota(group)
                .then(within -> vpc().then(vpc -> new Resolution.Resolved<>(place(account, vpc)))));
    }

    private Resolution<String> account() {
        return References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
    }

    private Resolution<Vpc> vpc() {
        var name = group.getSpec().vpcRef().name();
        return References.vpc(name, Cached.of(context, Vpc.class).find(namespace, name), Seniority.holds(group));
    }

    private GroupPlace place(String account, Vpc vpc) {
        var vpcId = AwsId.of("vpc", vpc.getMetadata().getUid());
        var instances = Cached.of(context, Instance.class);
        var targets = new TargetRules(
                vpcId,
                ref -> instances.find(namespace, ref.name()),
                Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(vpc)));
        var user = rules.user(group);
        return new GroupPlace(
                account,
                vpcId,
                targets.judge(group, rules.room(group, user)),
                user,
                user.map(balancer -> LoadBalancerNodes.of(balancer, context)).orElse(List.of()));
    }
}
