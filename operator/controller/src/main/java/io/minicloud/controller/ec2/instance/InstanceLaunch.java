package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.hostsecret.HostSecrets;
import io.minicloud.controller.placement.Decision;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over an Instance that is wanted: as far as it gets, and what is waited for. */
final class InstanceLaunch {
    private static final Progress VALID = Progress.done(InstanceReason.Valid, "");

    private final Instance instance;
    private final Context<Instance> context;
    private final PlanExecutor executor;
    private final MachinePlanner machines;
    private final InstancePlacement placement;
    private final InstanceResolver resolver;
    private final InstanceInterfaces interfaces;
    private final String namespace;

    InstanceLaunch(
            Instance instance,
            Context<Instance> context,
            PlanExecutor executor,
            MachinePlanner machines,
            InstancePlacement placement) {
        this.instance = instance;
        this.context = context;
        this.executor = executor;
        this.machines = machines;
        this.placement = placement;
        this.resolver = new InstanceResolver(instance, context, placement);
        this.interfaces = new InstanceInterfaces(instance, context);
        this.namespace = instance.getMetadata().getNamespace();
    }

    InstanceView advance() {
        return switch (resolver.resolve()) {
            case Resolution.Resolved<InstanceInputs>(InstanceInputs inputs) -> advance(inputs);
            case Resolution.Waiting<InstanceInputs>(Enum<?> reason, String message) -> refused(reason, message);
            case Resolution.Invalid<InstanceInputs>(Enum<?> reason, String message) -> refused(reason, message);
        };
    }

    private InstanceView advance(InstanceInputs inputs) {
        var host = InstancePlanner.host(instance).orElse(null);
        if (host == null) {
            var decision = placement.place(instance, inputs, context);
            if (decision instanceof Decision.NoRoom(String message)) {
                return pending(inputs, InstanceReason.InsufficientInstanceCapacity, message);
            }
            host = ((Decision.Placed) decision).host();
            var zone = inputs.subnet().getSpec().availabilityZone();
            executor.execute(
                    Indexes.key(instance),
                    Plan.of(new PlacementWriter(
                            context.getClient(), instance, new InstanceStatus.Placement(zone, host))));
        }
        return children(inputs, host);
    }

    private InstanceView children(InstanceInputs inputs, String host) {
        var associate = InstancePlanner.associatePublicIpAddress(
                instance, inputs.subnet(), interfaces.primary().orElse(null));
        var stranger =
                ensure(InstancePlanner.networkInterface(instance, inputs.subnet(), associate), NetworkInterface.class);
        if (stranger.isEmpty() && inputs.root().isPresent()) {
            var zone = inputs.subnet().getSpec().availabilityZone();
            stranger =
                    ensure(InstancePlanner.volume(instance, zone, inputs.root().get()), Volume.class);
        }
        if (stranger.isPresent()) {
            return pending(inputs, InstanceReason.NameTaken, stranger.get());
        }
        var eni = interfaces.primary().orElse(null);
        var refusal = eni == null
                ? Optional.<Condition>empty()
                : Conditions.find(eni.getStatus(), ConditionType.ACCEPTED)
                        .filter(accepted -> accepted.status().equals("False"));
        if (refusal.isPresent()) {
            return pending(
                            inputs,
                            InstanceReason.NetworkInterfaceNotAccepted,
                            refusal.get().message())
                    .withAccepted(Progress.pending(
                            InstanceReason.NetworkInterfaceNotAccepted,
                            refusal.get().reason() + ": " + refusal.get().message()));
        }
        if (eni == null || !addressed(eni)) {
            return pending(
                    inputs,
                    InstanceReason.NetworkInterfacePending,
                    "NetworkInterface " + InstancePlanner.interfaceName(instance) + " has no address yet.");
        }
        var volume = volume();
        if (inputs.root().isPresent() && volume.isEmpty()) {
            return pending(
                    inputs,
                    InstanceReason.VolumePending,
                    "Volume " + InstancePlanner.volumeName(instance) + " does not exist yet.");
        }
        return machine(inputs, host, eni, inputs.root().isPresent() ? volume : Optional.empty());
    }

    private InstanceView machine(InstanceInputs inputs, String host, NetworkInterface eni, Optional<Volume> volume) {
        var before = machine().orElse(null);
        var secretName = UserData.secretName(instance);
        var power = PowerPlan.of(instance.getSpec(), secretName, before);
        var unready = StartGate.waiting(eni, power, before);
        if (unready.isPresent()) {
            return pending(inputs, unready.get().reason(), unready.get().message());
        }
        var plugged = interfaces.plugged(host, before);
        var most = inputs.type().getSpec().maxNetworkInterfaces();
        if (before != null && power.resize() && plugged.size() + 1 > most) {
            return pending(
                    inputs,
                    InstanceReason.AttachmentLimitExceeded,
                    "%d interfaces are attached, but an instance of type %s has at most %d: detach some, or take a larger type."
                            .formatted(plugged.size() + 1, instance.getSpec().instanceType(), most));
        }
        var resize = before != null && power.resize() && grown(inputs, before)
                ? placement.resize(instance, inputs, context)
                : null;
        if (resize instanceof Decision.NoRoom(String message)) {
            return pending(inputs, InstanceReason.InsufficientInstanceCapacity, message);
        }
        var stranger = userData(host);
        if (stranger.isPresent()) {
            return pending(inputs, InstanceReason.NameTaken, stranger.get());
        }
        var desired = machines.plan(
                instance,
                new MachinePlanner.Parts(
                        host,
                        inputs,
                        eni,
                        interfaces.facts(eni, inputs.subnet(), inputs.vpc()),
                        plugged,
                        interfaces.facts(plugged, inputs.vpc()),
                        volume,
                        power,
                        secretName,
                        before));
        apply(desired, before);
        var view = new InstanceView(
                inputs.accountId(),
                inputs,
                VALID,
                programmed(desired, before, eni, volume),
                eni,
                interfaces.bound(),
                before);
        return power.refusals().stream()
                .findFirst()
                .map(refusal -> view.withAccepted(Progress.pending(refusal.reason(), refusal.message())))
                .orElse(view);
    }

    private static Progress programmed(
            HostMachine desired, @Nullable HostMachine observed, NetworkInterface eni, Optional<Volume> volume) {
        var waiting = volume.filter(found -> !Conditions.isTrue(found, ConditionType.PROGRAMMED));
        if (waiting.isPresent()) {
            return Progress.pending(InstanceReason.VolumePending, waitsFor(waiting.get()));
        }
        if (!Derived.programmed(observed, desired)) {
            return Progress.pending(
                    InstanceReason.Pending, Derived.why(desired.getMetadata().getNamespace(), observed));
        }
        return Conditions.isTrue(eni, ConditionType.PROGRAMMED)
                ? Progress.done(InstanceReason.Programmed, "")
                : Progress.pending(InstanceReason.NetworkInterfacePending, waitsFor(eni));
    }

    private static String waitsFor(CustomResource<?, ? extends Conditioned> part) {
        return part.getKind() + " " + part.getMetadata().getName() + ": " + Derived.why(part);
    }

    private static boolean grown(InstanceInputs inputs, HostMachine machine) {
        var type = inputs.type().getSpec();
        return type.vCpus() > machine.getSpec().vCpus()
                || type.memoryMiB() > machine.getSpec().memoryMiB();
    }

    private static boolean addressed(NetworkInterface eni) {
        var status = eni.getStatus();
        return status != null
                && status.networkInterfaceId() != null
                && status.macAddress() != null
                && status.privateIpAddress() != null;
    }

    /** Makes a child or mends it; the message names a stranger that has its name. */
    private <R extends CustomResource<?, ?>> Optional<String> ensure(R desired, Class<R> type) {
        var name = desired.getMetadata().getName();
        var present = Cached.of(context, type).find(namespace, name).orElse(null);
        if (present != null && !Derived.isChild(present, instance)) {
            return Optional.of("%s %s exists and does not belong to this instance; remove it or rename the instance."
                    .formatted(desired.getKind(), name));
        }
        apply(desired, present);
        return Optional.empty();
    }

    /** Brings the user data to the host; the message names a stranger that has its name. */
    private Optional<String> userData(String host) {
        var secret = UserData.secret(instance, host);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return Judgement.fold(
                new HostSecrets(context.getClient(), instance, HostCandidates.namespace(host))
                        .ensure(secret.get(), InstanceReason.NameTaken),
                plan -> {
                    executor.execute(Indexes.key(instance), plan);
                    return Optional.empty();
                },
                (reason, message) -> Optional.of(message));
    }

    private <R extends CustomResource<?, ?>> void apply(R desired, @Nullable R present) {
        var observed = present == null ? List.<R>of() : List.of(present);
        executor.execute(
                Indexes.key(instance),
                Changes.between(List.of(desired), observed).plan(new ContextObjectWriter(context)));
    }

    private Optional<Volume> volume() {
        return mine(Cached.of(context, Volume.class).find(namespace, InstancePlanner.volumeName(instance)));
    }

    private <R extends HasMetadata> Optional<R> mine(Optional<R> found) {
        return found.filter(object -> Derived.isChild(object, instance));
    }

    private Optional<HostMachine> machine() {
        return InstancePlanner.host(instance).flatMap(host -> Cached.of(context, HostMachine.class)
                .find(HostCandidates.namespace(host), InstancePlanner.instanceId(instance)));
    }

    private InstanceView refused(Enum<?> reason, String message) {
        var account = resolver.account() instanceof Resolution.Resolved<String>(String id) ? id : null;
        var refusal = Progress.pending(reason, message);
        var accepted = reason == InstanceReason.ImagePending ? VALID : refusal;
        return new InstanceView(
                account,
                null,
                accepted,
                refusal,
                interfaces.primary().orElse(null),
                interfaces.bound(),
                machine().orElse(null));
    }

    private InstanceView pending(InstanceInputs inputs, InstanceReason reason, String message) {
        return new InstanceView(
                inputs.accountId(),
                inputs,
                VALID,
                Progress.pending(reason, message),
                interfaces.primary().orElse(null),
                interfaces.bound(),
                machine().orElse(null));
    }
}
