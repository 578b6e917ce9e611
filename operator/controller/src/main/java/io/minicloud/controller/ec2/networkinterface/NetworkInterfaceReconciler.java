package io.minicloud.controller.ec2.networkinterface;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.address.AddressClaims;
import io.minicloud.controller.address.AddressHolder;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.IpamReason;
import io.minicloud.controller.ipam.SubnetAddresses;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.publicaddress.GatewayAddresses;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives an interface its address, MAC and groups and, when what it is attached to has a host, its port there. */
@ControllerConfiguration(
        name = "networkinterface",
        fieldManager = "minicloud-networkinterface",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class NetworkInterfaceReconciler implements Reconciler<NetworkInterface>, Cleaner<NetworkInterface> {
    /** How often an interface of a full subnet or pool asks again; only its owner hears of an address that is given back. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    /** With what the AWS id of a subnet begins. */
    private static final String SUBNET = "subnet";

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final AddressClaims addresses;
    private final LaunchAddress launchAddress;
    private final InterfacePorts ports;
    private final NetworkInterfaceStatusFactory statuses;

    /**
     * A reconciler.
     *
     * @param settings region and installation
     * @param executor runs the plans
     * @param clock the time of transitions
     */
    public NetworkInterfaceReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.addresses = new AddressClaims(executor, SUBNET);
        this.launchAddress = new LaunchAddress(executor);
        this.ports = new InterfacePorts(executor);
        this.statuses = new NetworkInterfaceStatusFactory(settings.region(), clock);
    }

    @Override
    public List<EventSource<?, NetworkInterface>> prepareEventSources(EventSourceContext<NetworkInterface> context) {
        return NetworkInterfaceEvents.sources(context);
    }

    @Override
    public UpdateControl<NetworkInterface> reconcile(NetworkInterface eni, Context<NetworkInterface> context) {
        var held = place(eni, context).then(place -> addresses
                .hold(holder(eni), wish(eni, place), context)
                .then(address -> new Resolution.Resolved<>(new Held(place, address))));
        return Judgement.fold(
                held, found -> advance(eni, found, context), (reason, message) -> refuse(eni, reason, message));
    }

    /** The port goes when no machine uses it any more, the addresses when no port has them any more. */
    @Override
    public DeleteControl cleanup(NetworkInterface eni, Context<NetworkInterface> context) {
        var waiting = ports.remove(eni, context);
        if (waiting.isPresent()) {
            StatusUpdate.inCleanup(eni, NetworkInterface::new, statuses.deleting(eni, waiting.get()), context);
            return DeleteControl.noFinalizerRemoval();
        }
        launchAddress.release(eni, context);
        addresses.release(holder(eni), context);
        return DeleteControl.defaultDelete();
    }

    private record Held(InterfacePlace place, String address) {}

    /**
     * The address is written before anything uses it. Every status goes only onto the object that was read: one that a
     * controller writes late, of which another has taken over, would bring back an address that was given back.
     */
    private UpdateControl<NetworkInterface> advance(
            NetworkInterface eni, Held held, Context<NetworkInterface> context) {
        if (holder(eni).records(held.address())) {
            addresses.releaseOthers(holder(eni), held.address(), context);
            return attach(eni, held, context);
        }
        var port = InterfacePorts.host(eni, context).isPresent();
        var progress = port
                ? Progress.pending(NetworkInterfaceReason.RecordingAddress, "the port follows")
                : PortProgress.of(eni, null, List.of());
        var control = StatusUpdate.ofUnchanged(
                eni,
                NetworkInterface::new,
                statuses.accepted(eni, held.place(), held.address(), InterfacePort.NONE, progress));
        return port ? control.rescheduleAfter(AT_ONCE) : control;
    }

    private UpdateControl<NetworkInterface> refuse(NetworkInterface eni, Enum<?> reason, String message) {
        var control = StatusUpdate.ofUnchanged(eni, NetworkInterface::new, statuses.refused(eni, reason, message));
        return reason == IpamReason.InsufficientFreeAddressesInSubnet ? control.rescheduleAfter(ASK_AGAIN) : control;
    }

    private UpdateControl<NetworkInterface> attach(NetworkInterface eni, Held held, Context<NetworkInterface> context) {
        var reach = launchAddress.reach(eni, association(eni, context), context);
        var desired = InterfacePorts.host(eni, context)
                .map(name -> PortPlanner.port(
                        eni,
                        held.place(),
                        held.address(),
                        new InterfacePort(name, reach.carried(), reach.assigned()),
                        Cached.of(context, AddressPool.class).all().toList()))
                .orElse(null);
        var present = ports.converge(eni, desired, context);
        launchAddress.releaseUnused(eni, reach, present, context);
        var progress = desired != null && reach.isRecording()
                ? Progress.pending(NetworkInterfaceReason.RecordingAddress, "the port follows")
                : PortProgress.of(eni, desired, present);
        var port = new InterfacePort(hostOf(present), reach.told(), reach.assigned());
        var control = StatusUpdate.ofUnchanged(
                eni, NetworkInterface::new, statuses.accepted(eni, held.place(), held.address(), port, progress));
        return comingBack(eni, reach, control);
    }

    /** To carry the public address that the status names now, to give back that which it named, or to ask for one. */
    private static UpdateControl<NetworkInterface> comingBack(
            NetworkInterface eni, PublicReach reach, UpdateControl<NetworkInterface> control) {
        var recorded = LaunchAddresses.recorded(eni);
        if (reach.isRecording() || recorded.isPresent() && !recorded.get().equals(reach.told())) {
            return control.rescheduleAfter(AT_ONCE);
        }
        return reach.assigned() != null && reach.assigned().reason() == IpamReason.InsufficientAddressCapacity
                ? control.rescheduleAfter(ASK_AGAIN)
                : control;
    }

    /** The public address of the ElasticIp that says it is associated with the interface. */
    private static @Nullable Association association(NetworkInterface eni, Context<NetworkInterface> context) {
        var eips =
                Cached.of(context, ElasticIp.class).by(PublicAddressIndexes.ASSOCIATED, Associations.interfaceId(eni));
        return InterfacePorts.natGateway(eni, context)
                .map(gateway -> GatewayAddresses.associated(gateway, eni, eips))
                .orElseGet(() -> Associations.associated(eni, eips))
                .map(ElasticIp::getStatus)
                .map(eip ->
                        new Association(eip.publicIp(), eip.allocationId(), eip.associationId(), eip.ownerId(), null))
                .orElse(null);
    }

    private static AddressHolder holder(NetworkInterface eni) {
        var status = eni.getStatus();
        return AddressHolder.of(
                eni, status == null ? null : status.subnetId(), status == null ? null : status.privateIpAddress());
    }

    private static AddressRequest wish(NetworkInterface eni, InterfacePlace place) {
        return new AddressRequest(
                place.subnetId(),
                SubnetAddresses.of(place.subnet().getSpec().cidrBlock()),
                eni.getSpec().privateIpAddress(),
                holder(eni).owner());
    }

    private static @Nullable String hostOf(List<HostInterface> present) {
        return present.stream()
                .map(port -> References.hostOf(port.getMetadata().getNamespace()))
                .findFirst()
                .orElse(null);
    }

    private static Resolution<InterfacePlace> place(NetworkInterface eni, Context<NetworkInterface> context) {
        var namespace = eni.getMetadata().getNamespace();
        var accounts = Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace);
        var name = eni.getSpec().subnetRef().name();
        var tenant = eni.getStatus() != null && eni.getStatus().privateIpAddress() != null;
        return References.account(namespace, accounts).then(account -> References.subnet(
                        name, Cached.of(context, Subnet.class).find(namespace, name), tenant)
                .then(subnet -> RequesterRules.madeBy(eni, InterfacePorts.natGateway(eni, context))
                        .then(gateway -> gateway.isPresent()
                                ? new Resolution.Resolved<>(
                                        new InterfacePlace(account, subnet, List.of(), NatGateways.id(gateway.get())))
                                : groups(eni, subnet, context)
                                        .then(ids -> new Resolution.Resolved<>(
                                                new InterfacePlace(account, subnet, ids, null))))));
    }

    private static Resolution<List<String>> groups(
            NetworkInterface eni, Subnet subnet, Context<NetworkInterface> context) {
        var namespace = eni.getMetadata().getNamespace();
        var vpcName = subnet.getSpec().vpcRef().name();
        var refs = eni.getSpec().securityGroupRefs();
        var cached = Cached.of(context, SecurityGroup.class);
        Map<String, SecurityGroup> known = new LinkedHashMap<>();
        if (refs != null) {
            refs.forEach(ref -> cached.find(namespace, ref.name()).ifPresent(group -> known.put(ref.name(), group)));
        }
        cached.by(Indexes.VPC, Indexes.key(namespace, vpcName))
                .forEach(group -> known.put(group.getMetadata().getName(), group));
        return GroupRules.resolve(refs, vpcName, known);
    }
}
