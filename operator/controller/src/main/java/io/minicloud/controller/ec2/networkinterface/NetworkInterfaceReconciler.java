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
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.address.AddressClaims;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.IpamReason;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives an interface its addresses, MAC and groups and, when what it is attached to has a host, its port there. */
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

    /** What ends when another interface is detached, of which nobody tells. */
    private static final Set<Enum<?>> UNWATCHED =
            Set.of(NetworkInterfaceReason.InvalidParameterValue, NetworkInterfaceReason.AttachmentLimitExceeded);

    private final AddressClaims addresses;
    private final SecondaryAddresses secondaries;
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
        this.secondaries = new SecondaryAddresses(addresses);
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
        var held = InterfaceResolver.place(eni, context)
                .then(place -> SecondaryRules.check(eni.getSpec(), AddressWishes.any(eni, place))
                        .then(any -> addresses
                                .hold(SecondaryAddresses.holder(eni), AddressWishes.primary(eni, any), context)
                                .then(address -> new Resolution.Resolved<>(new Held(place, any, address)))));
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
        addresses.release(SecondaryAddresses.holder(eni), context);
        return DeleteControl.defaultDelete();
    }

    private record Held(InterfacePlace place, AddressRequest any, String address) {}

    /**
     * The address is written before anything uses it. Every status goes only onto the object that was read: one that a
     * controller writes late, of which another has taken over, would bring back an address that was given back.
     */
    private UpdateControl<NetworkInterface> advance(
            NetworkInterface eni, Held held, Context<NetworkInterface> context) {
        if (SecondaryAddresses.holder(eni).records(held.address())) {
            return serve(eni, held, context);
        }
        var more = eni.getSpec().attachment() != null || SecondaryRules.wanted(eni.getSpec()) > 0;
        var progress = more
                ? Progress.pending(NetworkInterfaceReason.RecordingAddress, "the rest follows")
                : PortProgress.of(eni, null, List.of());
        var state = new InterfaceState(
                new PrivateAddresses(held.address(), List.of()), null, InterfacePort.NONE, progress, progress);
        var control = StatusUpdate.ofUnchanged(eni, NetworkInterface::new, statuses.accepted(eni, held.place(), state));
        return more ? control.rescheduleAfter(AT_ONCE) : control;
    }

    private UpdateControl<NetworkInterface> refuse(NetworkInterface eni, Enum<?> reason, String message) {
        var control = StatusUpdate.ofUnchanged(eni, NetworkInterface::new, statuses.refused(eni, reason, message));
        return reason == IpamReason.InsufficientFreeAddressesInSubnet ? control.rescheduleAfter(ASK_AGAIN) : control;
    }

    private UpdateControl<NetworkInterface> serve(NetworkInterface eni, Held held, Context<NetworkInterface> context) {
        var place = held.place();
        var around = InterfaceAttachment.view(eni, context);
        var attached = InterfaceAttachment.judge(eni, place, around, context);
        var own = secondaries.hold(eni, held.any(), around.mostSecondaries(), context);
        var reach = launchAddress.reach(eni, InterfaceResolver.association(eni, context), context);
        var to = new InterfacePort(attached.host(), reach.carried(), reach.assigned());
        var desired = attached.hasPort(eni)
                ? PortPlanner.port(
                        eni,
                        place,
                        own.carried(eni),
                        to,
                        Cached.of(context, AddressPool.class).all().toList())
                : null;
        var present = ports.converge(eni, desired, context);
        launchAddress.releaseUnused(eni, reach, present, context);
        secondaries.releaseUnused(eni, own, present, context);
        var programmed = desired != null && reach.isRecording()
                ? Progress.pending(NetworkInterfaceReason.RecordingAddress, "the port follows")
                : attached.programmed(PortProgress.of(eni, desired, present), desired);
        var state = new InterfaceState(
                own.addresses(),
                attached.told(),
                new InterfacePort(hostOf(present), reach.told(), reach.assigned()),
                programmed,
                ready(programmed, attached.waiting(), own.trouble()));
        var control = StatusUpdate.ofUnchanged(eni, NetworkInterface::new, statuses.accepted(eni, place, state));
        return comingBack(eni, reach, attached, own, control);
    }

    /** The first of these that is not done. */
    private static Progress ready(Progress programmed, @Nullable Progress attachment, @Nullable Progress trouble) {
        return Stream.of(Optional.of(programmed), Optional.ofNullable(attachment), Optional.ofNullable(trouble))
                .flatMap(Optional::stream)
                .filter(progress -> !progress.done())
                .findFirst()
                .orElse(programmed);
    }

    /** To carry what the status names now, to give back what it named, or to ask for what nobody tells of. */
    private static UpdateControl<NetworkInterface> comingBack(
            NetworkInterface eni,
            PublicReach reach,
            AttachmentOutcome attached,
            SecondaryAddresses.Held own,
            UpdateControl<NetworkInterface> control) {
        var recorded = LaunchAddresses.recorded(eni);
        if (reach.isRecording()
                || recorded.isPresent() && !recorded.get().equals(reach.told())
                || attached.isRecording(eni)
                || own.isRecording(eni)) {
            return control.rescheduleAfter(AT_ONCE);
        }
        return reach.assigned() != null && reach.assigned().reason() == IpamReason.InsufficientAddressCapacity
                        || attached.waiting() != null
                                && UNWATCHED.contains(attached.waiting().reason())
                        || own.asksAgain()
                ? control.rescheduleAfter(ASK_AGAIN)
                : control;
    }

    private static @Nullable String hostOf(List<HostInterface> present) {
        return present.stream()
                .map(port -> References.hostOf(port.getMetadata().getNamespace()))
                .findFirst()
                .orElse(null);
    }
}
