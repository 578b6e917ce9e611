package io.minicloud.controller.ec2.internetgateway;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.InternetGatewayStatus;
import io.minicloud.api.ec2.InternetGatewayStatus.Attachment;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.fabric.FabricReason;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.References;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells of a gateway to which VPC it is attached and whether the hosts have it, which it reaches with its VPC. One that is to leave
 * its VPC, or to be deleted, stays attached and works while the VPC has public addresses that it maps.
 */
@ControllerConfiguration(
        name = "internetgateway",
        fieldManager = "minicloud-internetgateway",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class InternetGatewayReconciler implements Reconciler<InternetGateway>, Cleaner<InternetGateway> {
    private final InternetGatewayStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and installation
     * @param clock the time of transitions
     */
    public InternetGatewayReconciler(ControllerSettings settings, Clock clock) {
        this.statuses = new InternetGatewayStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, InternetGateway>> prepareEventSources(EventSourceContext<InternetGateway> context) {
        var gateways = context.getPrimaryCache();
        InternetGateways.index(gateways);
        var watch = new Watch<>(context);
        var accounts = watch.accepted(
                Account.class, account -> inNamespace(context, account.getSpec().namespace()));
        var vpcs = watch.accepted(Vpc.class, vpc -> Indexes.ids(gateways.byIndex(Indexes.VPC, Indexes.key(vpc))));
        // All of them: one that moves to another VPC no longer says which it leaves to the next.
        var siblings = watch.accepted(
                InternetGateway.class,
                gateway -> inNamespace(context, gateway.getMetadata().getNamespace()),
                InternetGateways::attachments);
        var interfaces = watch.source(
                NetworkInterface.class,
                eni -> Indexes.ids(gateways.list(eni.getMetadata().getNamespace())
                        .filter(gateway ->
                                !InternetGateways.attachments(gateway).isEmpty())
                        .toList()),
                (now, before) -> !PublicAddressIndexes.mappedIn(now).equals(PublicAddressIndexes.mappedIn(before)));
        var networks = watch.all(HostNetwork.class, network -> onNetwork(context, network));
        Indexes.accounts(accounts);
        InternetGateways.index(siblings);
        Indexes.derived(networks);
        PublicAddressIndexes.interfaces(interfaces);
        return List.of(accounts, vpcs, siblings, interfaces, networks);
    }

    @Override
    public UpdateControl<InternetGateway> reconcile(InternetGateway gateway, Context<InternetGateway> context) {
        // Only onto the gateway that was read: who writes late, when another has taken over, must not end an
        // attachment.
        return StatusUpdate.ofUnchanged(
                gateway, InternetGateway::new, kept(gateway, context).orElseGet(() -> judged(gateway, context)));
    }

    @Override
    public DeleteControl cleanup(InternetGateway gateway, Context<InternetGateway> context) {
        var kept = kept(gateway, context);
        if (kept.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        StatusUpdate.inCleanup(gateway, InternetGateway::new, kept.get(), context);
        return DeleteControl.noFinalizerRemoval();
    }

    /** Of one that is to leave its VPC, or to be deleted, and cannot. */
    private Optional<InternetGatewayStatus> kept(InternetGateway gateway, Context<InternetGateway> context) {
        var mapped = Cached.of(context, NetworkInterface.class);
        return InternetGateways.attachments(gateway).stream()
                .filter(vpcId -> gateway.isMarkedForDeletion() || !isWanted(gateway, vpcId, context))
                .findFirst()
                .flatMap(vpcId -> MappedAddresses.hindrance(mapped.by(PublicAddressIndexes.MAPPED, vpcId)))
                .map(waiting -> statuses.kept(gateway, waiting));
    }

    private InternetGatewayStatus judged(InternetGateway gateway, Context<InternetGateway> context) {
        var namespace = gateway.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var judged = References.account(namespace, accounts).then(account -> vpcId(gateway, context)
                .then(vpcId -> new Resolution.Resolved<>(accepted(gateway, account, vpcId, context))));
        return Judgement.fold(
                judged,
                accepted -> accepted,
                (reason, message) -> statuses.refused(gateway, wantedStill(gateway, context), reason, message));
    }

    private static List<Attachment> wantedStill(InternetGateway gateway, Context<InternetGateway> context) {
        return InternetGateways.attachments(gateway).stream().anyMatch(vpcId -> isWanted(gateway, vpcId, context))
                ? gateway.getStatus().attachments()
                : List.of();
    }

    private static boolean isWanted(InternetGateway gateway, String vpcId, Context<InternetGateway> context) {
        var ref = gateway.getSpec() == null ? null : gateway.getSpec().vpcRef();
        return ref != null
                && Cached.of(context, Vpc.class)
                        .find(gateway.getMetadata().getNamespace(), ref.name())
                        .filter(vpc -> vpcId.equals(id(vpc)))
                        .isPresent();
    }

    private InternetGatewayStatus accepted(
            InternetGateway gateway, String account, Optional<String> vpcId, Context<InternetGateway> context) {
        return vpcId.map(id -> statuses.attached(
                        gateway,
                        account,
                        id,
                        Cached.of(context, HostNetwork.class).by(Indexes.VPC_ID, id)))
                .orElseGet(() -> statuses.detached(gateway, account));
    }

    /** The AWS id of the VPC to which it is attached; empty where it names none. */
    private static Resolution<Optional<String>> vpcId(InternetGateway gateway, Context<InternetGateway> context) {
        var ref = gateway.getSpec() == null ? null : gateway.getSpec().vpcRef();
        if (ref == null) {
            return new Resolution.Resolved<>(Optional.empty());
        }
        var found = Cached.of(context, Vpc.class).find(gateway.getMetadata().getNamespace(), ref.name());
        var tenant = found.filter(vpc -> InternetGateways.attachments(gateway).contains(id(vpc)))
                .isPresent();
        return References.vpc(ref.name(), found, tenant).then(vpc -> rival(gateway, vpc, context)
                .<Resolution<Optional<String>>>map(rival -> new Resolution.Waiting<>(
                        FabricReason.ResourceAlreadyAssociated,
                        "Vpc %s has InternetGateway %s already: take the vpcRef out there, or name another Vpc"
                                .formatted(ref.name(), rival.getMetadata().getName())))
                .orElseGet(() -> new Resolution.Resolved<>(Optional.of(id(vpc)))));
    }

    /** The gateway that the VPC has in place of this one, which its own cache knows best. */
    private static Optional<InternetGateway> rival(InternetGateway gateway, Vpc vpc, Context<InternetGateway> context) {
        var name = gateway.getMetadata().getName();
        var others = InternetGateways.of(Cached.of(context, InternetGateway.class), Indexes.key(vpc), id(vpc)).stream()
                .filter(other -> !other.getMetadata().getName().equals(name));
        return InternetGateways.attached(
                        id(vpc), Stream.concat(others, Stream.of(gateway)).toList())
                .filter(attached -> !attached.getMetadata().getName().equals(name));
    }

    private static String id(Vpc vpc) {
        return AwsId.of("vpc", vpc.getMetadata().getUid());
    }

    private static Set<ResourceID> inNamespace(EventSourceContext<InternetGateway> context, String namespace) {
        return Indexes.ids(context.getPrimaryCache().list(namespace).toList());
    }

    private static Set<ResourceID> onNetwork(EventSourceContext<InternetGateway> context, HostNetwork network) {
        return OwnerLink.owner("vpc", network).stream()
                .flatMap(
                        vpc -> vpc.getNamespace().stream()
                                .flatMap(namespace -> context
                                        .getPrimaryCache()
                                        .byIndex(Indexes.VPC, Indexes.key(namespace, vpc.getName()))
                                        .stream()))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
