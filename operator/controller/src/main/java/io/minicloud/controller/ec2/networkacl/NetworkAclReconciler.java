package io.minicloud.controller.ec2.networkacl;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.ec2.NetworkAcl;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.fabric.Carried;
import io.minicloud.controller.fabric.NetworkAcls;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells of an ACL where it stands and whether its entries are in force. They reach the hosts with their VPC; an ACL that is
 * deleted leaves its subnets to the default one, so nothing holds it.
 */
@ControllerConfiguration(
        name = "networkacl",
        fieldManager = "minicloud-networkacl",
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class NetworkAclReconciler implements Reconciler<NetworkAcl> {
    private final int entriesPerAcl;
    private final NetworkAclStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and quotas
     * @param clock the time of transitions
     */
    public NetworkAclReconciler(ControllerSettings settings, Clock clock) {
        this.entriesPerAcl = settings.quotas().entriesPerNetworkAcl();
        this.statuses = new NetworkAclStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, NetworkAcl>> prepareEventSources(EventSourceContext<NetworkAcl> context) {
        var acls = context.getPrimaryCache();
        Indexes.aclsByVpc(acls);
        Indexes.byAwsId(acls, "acl");
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class,
                account -> Indexes.ids(acls.list(account.getSpec().namespace()).toList()));
        var vpcs = watch.accepted(Vpc.class, vpc -> Indexes.ids(acls.byIndex(Indexes.VPC, Indexes.key(vpc))));
        var siblings = watch.source(
                NetworkAcl.class,
                acl -> ofVpc(
                        context,
                        acl.getMetadata().getNamespace(),
                        acl.getSpec().vpcRef().name()),
                Watch::specChanged);
        var subnets = watch.source(
                Subnet.class,
                subnet -> ofVpc(
                        context,
                        subnet.getMetadata().getNamespace(),
                        subnet.getSpec().vpcRef().name()),
                Watch::specChanged);
        var networks = watch.all(HostNetwork.class, network -> onNetwork(context, network));
        Indexes.accounts(accounts);
        Indexes.aclsByVpc(siblings);
        Indexes.subnetsByVpc(subnets);
        Indexes.derived(networks);
        return List.of(accounts, vpcs, siblings, subnets, networks);
    }

    @Override
    public UpdateControl<NetworkAcl> reconcile(NetworkAcl acl, Context<NetworkAcl> context) {
        var namespace = acl.getMetadata().getNamespace();
        var name = acl.getSpec().vpcRef().name();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var found = Cached.of(context, Vpc.class).find(namespace, name);
        var judged = References.account(namespace, accounts)
                .then(account -> References.vpc(name, found, Seniority.holds(acl))
                        .then(vpc -> judge(acl, context)
                                .then(compiled -> new Resolution.Resolved<>(new Place(account, vpc, compiled)))));
        var status = Judgement.fold(
                judged,
                place -> statuses.accepted(
                        acl, place.account(), place.vpc(), place.compiled(), networks(place, context)),
                (reason, message) -> statuses.refused(acl, reason, message));
        return StatusUpdate.of(acl, NetworkAcl::new, status);
    }

    private record Place(String account, Vpc vpc, HostNetworkSpec.NetworkAcl compiled) {}

    private Resolution<HostNetworkSpec.NetworkAcl> judge(NetworkAcl acl, Context<NetworkAcl> context) {
        var vpc = acl.getSpec().vpcRef().name();
        if (Boolean.TRUE.equals(acl.getSpec().isDefault()) && !NetworkAcls.isDefault(acl)) {
            return new Resolution.Invalid<>(
                    NetworkAclReason.NotTheDefaultNetworkAcl,
                    "the default ACL of Vpc %s is NetworkAcl %s: write its entries there, or leave out isDefault"
                            .formatted(vpc, References.defaultOf(vpc)));
        }
        var key = Indexes.key(acl.getMetadata().getNamespace(), vpc);
        // From the cache whose events wake this ACL: another one may still hold a sibling that is gone.
        return new NetworkAcls(
                        Cached.of(context, NetworkAcl.class).by(Indexes.VPC, key),
                        Cached.of(context, Subnet.class).by(Indexes.VPC, key),
                        entriesPerAcl)
                .judge(acl);
    }

    private static List<HostNetwork> networks(Place place, Context<NetworkAcl> context) {
        return Cached.of(context, HostNetwork.class)
                .by(Indexes.VPC_ID, AwsId.of("vpc", place.vpc().getMetadata().getUid()));
    }

    private static Set<ResourceID> ofVpc(EventSourceContext<NetworkAcl> context, String namespace, String vpc) {
        return Indexes.ids(context.getPrimaryCache().byIndex(Indexes.VPC, Indexes.key(namespace, vpc)));
    }

    private static Set<ResourceID> onNetwork(EventSourceContext<NetworkAcl> context, HostNetwork network) {
        return Indexes.ofAwsIds(
                context.getPrimaryCache(), Carried.acls(network).map(HostNetworkSpec.NetworkAcl::networkAclId));
    }
}
