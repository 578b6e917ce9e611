package io.minicloud.agent.hostmachine;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.hypervisor.Hypervisor;
import io.minicloud.agent.hypervisor.MachineDefinition;
import io.minicloud.agent.hypervisor.MachineNetworks;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.PowerState;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.agent.metadata.MetadataDirectory;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.ActionFailedException;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import io.minicloud.reconcile.retry.BurstLimiter;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Defines machines, starts them paused, lets them run when their ports are programmed, and keeps the rules of power. */
@ControllerConfiguration(
        name = "hostmachine",
        fieldManager = "minicloud-agent-hostmachine",
        finalizerName = Labels.AGENT_FINALIZER,
        retry = EndlessRetry.class,
        rateLimiter = BurstLimiter.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class HostMachineReconciler implements Reconciler<HostMachine>, Cleaner<HostMachine> {
    private static final Logger LOG = LoggerFactory.getLogger(HostMachineReconciler.class);

    /** A guest that does not hear the power button is asked again this often, and so is a disk without room. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    /** A guest lets go of an interface in a second or so. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** Less than this, in bytes, and a guest that goes on would stall again at once. */
    private static final long ROOM = 16L << 20;

    private final Hypervisor hypervisor;
    private final MachineNetworks networks;
    private final MetadataDirectory metadata;
    private final PlanExecutor executor;
    private final AgentSettings settings;
    private final Clock clock;
    private final MachineResolver resolver;
    private final MachineStatusFactory statuses;
    private final Set<String> rebooted = ConcurrentHashMap.newKeySet();

    /**
     * A reconciler.
     *
     * @param hypervisor runs the machines
     * @param networks plugs interfaces into running machines
     * @param images keeps kernels
     * @param metadata is told what machines may read
     * @param executor runs the plans
     * @param settings say which installation this is and where consoles go
     * @param clock the time of transitions and grace periods
     */
    public HostMachineReconciler(
            Hypervisor hypervisor,
            MachineNetworks networks,
            ImageStore images,
            MetadataDirectory metadata,
            PlanExecutor executor,
            AgentSettings settings,
            Clock clock) {
        this.hypervisor = hypervisor;
        this.networks = networks;
        this.metadata = metadata;
        this.executor = executor;
        this.settings = settings;
        this.clock = clock;
        this.resolver = new MachineResolver(images, settings, clock);
        this.statuses = new MachineStatusFactory(clock, settings.libvirtUri());
    }

    @Override
    public List<EventSource<?, HostMachine>> prepareEventSources(EventSourceContext<HostMachine> context) {
        return HostMachineEvents.sources(context, hypervisor, HostMachineReconciler::name, rebooted::add);
    }

    @Override
    public UpdateControl<HostMachine> reconcile(HostMachine machine, Context<HostMachine> context) throws IOException {
        var name = name(machine);
        var observed = hypervisor.find(name);
        if (foreign(machine, observed)) {
            return update(machine, statuses.taken(machine, name));
        }
        var networks = NetworkResolver.wishes(machine, context);
        var definition = resolver.definition(machine, name, freshNotes(machine), networks, context);
        var wish = wish(machine, definition, networks, false);
        if (MachinePlanner.recovers(wish, observed, MachineStatusFactory.ran(machine))) {
            // Told first: to start a machine takes a while.
            return update(machine, statuses.of(machine, name, wish, observed, observed, null))
                    .rescheduleAfter(AT_ONCE);
        }
        InstanceMetadataFactory.of(machine, context).ifPresent(metadata::publish);
        Files.createDirectories(settings.home().resolve("consoles"));
        apply(machine, name, wish, observed);
        var after = hypervisor.find(name);
        var status = statuses.of(machine, name, wish, observed, after, waitingFor(definition, after));
        return again(machine, status, after);
    }

    private static @Nullable String waitingFor(
            Resolution<MachineDefinition> definition, Optional<ObservedMachine> machine) {
        return definition instanceof Resolution.Waiting<MachineDefinition> waiting
                        && machine.filter(ObservedMachine::active).isEmpty()
                ? waiting.message()
                : null;
    }

    /** Asks the guest to shut down, forces it after the grace period, then forgets the domain. Disks are not its own. */
    @Override
    public DeleteControl cleanup(HostMachine machine, Context<HostMachine> context) {
        var name = name(machine);
        var observed = hypervisor.find(name);
        if (observed.isPresent() && !foreign(machine, observed)) {
            var definition = new Resolution.Waiting<MachineDefinition>(HostMachineReason.Stopping, "");
            apply(machine, name, wish(machine, definition, List.of(), true), observed);
            if (hypervisor.find(name).isPresent()) {
                return DeleteControl.noFinalizerRemoval().rescheduleAfter(ASK_AGAIN);
            }
        }
        metadata.withdraw(machine.getSpec().instanceId());
        try {
            Files.deleteIfExists(resolver.console(machine.getSpec().instanceId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DeleteControl.defaultDelete();
    }

    private void apply(HostMachine machine, String name, MachineWish wish, Optional<ObservedMachine> observed) {
        var steps = MachinePlanner.plan(wish, observed, rebooted.contains(name), clock.instant());
        if (steps.contains(new MachineStep.RequestReboot())) {
            rebooted.remove(name);
        }
        if (steps.contains(new MachineStep.StartPaused())) {
            markStart(machine);
        }
        var subject = "HostMachine " + machine.getMetadata().getNamespace() + "/"
                + machine.getMetadata().getName();
        for (var step : steps) {
            var plan = Plan.of(step.on(name, hypervisor, networks));
            if (step.isOfOneInterface()) {
                attempt(subject, plan);
            } else {
                executor.execute(subject, plan);
            }
        }
    }

    /** The trouble of one interface stops neither the machine nor the others. */
    private void attempt(String subject, Plan plan) {
        try {
            executor.execute(subject, plan);
        } catch (ActionFailedException e) {
            LOG.atWarn().setCause(e).log("an interface is not as it should be; it is tried again");
        }
    }

    /** The console is kept from start to start, and its reader wants to know where the last one begins. */
    private void markStart(HostMachine machine) {
        var instanceId = machine.getSpec().instanceId();
        var line = "%nminicloud: start of %s at %s%n".formatted(instanceId, clock.instant());
        try {
            Files.writeString(resolver.console(instanceId), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MachineWish wish(
            HostMachine machine,
            Resolution<MachineDefinition> definition,
            List<NetworkWish> networks,
            boolean deleted) {
        var spec = machine.getSpec();
        return new MachineWish(
                spec.state().equals("running"),
                deleted,
                spec.powerGeneration(),
                spec.lastRequestedReboot(),
                definition instanceof Resolution.Resolved<MachineDefinition> resolved
                        ? Optional.of(resolved.value())
                        : Optional.empty(),
                networks,
                hasRoom());
    }

    private boolean hasRoom() {
        try {
            return Files.getFileStore(settings.diskFolder()).getUsableSpace() >= ROOM;
        } catch (IOException e) {
            // No folder, no disk.
            return true;
        }
    }

    private boolean foreign(HostMachine machine, Optional<ObservedMachine> observed) {
        return observed.isPresent()
                && !observed.get().notes().map(MachineNotes::owner).equals(Optional.of(owner(machine)));
    }

    /** Until its processors run, an end of the machine is no wish of its guest: what libvirt tells may be that of the last run. */
    private MachineNotes freshNotes(HostMachine machine) {
        var spec = machine.getSpec();
        return MachineNotes.started(owner(machine), spec.powerGeneration(), spec.lastRequestedReboot())
                .withStopRequestedAt(clock.instant());
    }

    private OwnerTag owner(HostMachine machine) {
        var meta = machine.getMetadata();
        return new OwnerTag(settings.installationId(), meta.getNamespace(), "hostmachine", meta.getUid());
    }

    private static String name(HostMachine machine) {
        return MachineName.of('m', machine.getSpec().instanceId());
    }

    /** Nobody tells when a guest has let go of an interface, that one could not be plugged, or was waited for long enough. */
    private static UpdateControl<HostMachine> again(
            HostMachine machine, HostMachineStatus status, Optional<ObservedMachine> observed) {
        var control = update(machine, status);
        if (!InterfaceStates.named(status.interfaces(), InterfaceStates.DETACHING)
                .isEmpty()) {
            return control.rescheduleAfter(LOOK_AGAIN);
        }
        var asked = observed.flatMap(ObservedMachine::notes)
                .filter(notes -> notes.stopRequestedAt() != null || notes.rebootRequestedAt() != null);
        var stalled = observed.filter(found -> found.state() == PowerState.STALLED);
        // Without the primary one the machine does not start, and whatever that waits for tells of itself.
        var others = status.interfaces().stream().skip(1).toList();
        var attaching =
                !InterfaceStates.named(others, InterfaceStates.ATTACHING).isEmpty();
        return asked.isPresent() && observed.get().active() || stalled.isPresent() || attaching
                ? control.rescheduleAfter(ASK_AGAIN)
                : control;
    }

    private static UpdateControl<HostMachine> update(HostMachine machine, HostMachineStatus status) {
        if (Objects.equals(status, machine.getStatus())) {
            return UpdateControl.noUpdate();
        }
        var patch = new HostMachine();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(machine.getMetadata().getName())
                .withNamespace(machine.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch);
    }
}
