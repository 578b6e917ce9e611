package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.controller.vpcrange.VpcRanges;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes of an Instance an interface, a root volume, user data and a machine on a host, and takes them away in order. */
@ControllerConfiguration(
        name = "instance",
        fieldManager = "minicloud-instance",
        finalizerName = Labels.CONTROLLER_FINALIZER,
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class InstanceReconciler implements Reconciler<Instance>, Cleaner<Instance> {
    /** How often an instance asks again that waits for what is not watched: heartbeats, and strangers with its names. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private static final Set<Enum<?>> UNWATCHED =
            Set.of(InstanceReason.InsufficientInstanceCapacity, InstanceReason.NameTaken);

    private final PlanExecutor executor;
    private final InstanceStatusFactory statuses;
    private final MachinePlanner machines;
    private final InstancePlacement placement;

    /**
     * A reconciler.
     *
     * @param settings what the controller is told
     * @param executor runs the plans
     * @param clock the time of transitions and of heartbeats
     */
    public InstanceReconciler(ControllerSettings settings, PlanExecutor executor, Clock clock) {
        this.executor = executor;
        this.statuses = new InstanceStatusFactory(clock, settings.region());
        this.machines = new MachinePlanner(settings.region());
        this.placement = new InstancePlacement(new HostCandidates(clock));
    }

    @Override
    public List<EventSource<?, Instance>> prepareEventSources(EventSourceContext<Instance> context) {
        var watch = new Watch<>(context);
        var cache = context.getPrimaryCache();
        InstanceIndexes.add(cache);
        var accounts = watch.accepted(
                Account.class,
                account -> InstanceIndexes.find(
                        cache, InstanceIndexes.NAMESPACE, account.getSpec().namespace()));
        var subnets = watch.accepted(Subnet.class, subnet -> InstanceIndexes.ofSubnet(cache, subnet));
        Indexes.accounts(accounts);
        Indexes.subnetsByVpc(subnets);
        var interfaces = watch.all(NetworkInterface.class, InstanceReconciler::users);
        Attachments.index(interfaces);
        return List.of(
                accounts,
                subnets,
                watch.accepted(Vpc.class, vpc -> InstanceIndexes.ofVpc(cache, subnets, vpc), VpcRanges::inForce),
                watch.accepted(
                        SecurityGroup.class,
                        group -> InstanceIndexes.find(cache, InstanceIndexes.GROUP, Indexes.key(group))),
                watch.source(
                        InstanceType.class,
                        type -> InstanceIndexes.find(
                                cache, InstanceIndexes.TYPE, type.getMetadata().getName()),
                        Watch::specChanged),
                watch.all(Image.class, image -> InstanceIndexes.find(cache, InstanceIndexes.IMAGE, Indexes.key(image))),
                watch.source(
                        Host.class,
                        host -> InstanceIndexes.find(cache, InstanceIndexes.UNPLACED, InstanceIndexes.YES),
                        InstanceReconciler::roomChanged),
                interfaces,
                watch.all(Volume.class, InstanceReconciler::parent),
                watch.all(HostMachine.class, machine -> OwnerLink.owner("instance", machine)));
    }

    @Override
    public UpdateControl<Instance> reconcile(Instance instance, Context<Instance> context) {
        var view = new InstanceLaunch(instance, context, executor, machines, placement).advance();
        var status = statuses.of(instance, view);
        var control = unchanged(instance, status)
                ? UpdateControl.<Instance>noUpdate()
                : StatusUpdate.of(instance, Instance::new, status);
        return UNWATCHED.contains(view.programmed().reason()) ? control.rescheduleAfter(ASK_AGAIN) : control;
    }

    @Override
    public DeleteControl cleanup(Instance instance, Context<Instance> context) {
        var step = new InstanceTermination(instance, context, executor).advance();
        if (step.done()) {
            placement.forget(instance);
            return DeleteControl.defaultDelete();
        }
        var status = statuses.shuttingDown(instance, step.message(), step.machine());
        if (!unchanged(instance, status)) {
            StatusUpdate.inCleanup(instance, Instance::new, status, context);
        }
        return DeleteControl.noFinalizerRemoval();
    }

    /** Our part of the status as it was read: the placement is written by someone else. */
    private static boolean unchanged(Instance instance, InstanceStatus status) {
        var read = instance.getStatus();
        return read != null && status.equals(withoutPlacement(read));
    }

    private static InstanceStatus withoutPlacement(InstanceStatus status) {
        return new InstanceStatus(
                status.conditions(),
                status.observedGeneration(),
                status.arn(),
                status.instanceId(),
                status.state(),
                status.stateReason(),
                status.privateIpAddress(),
                status.privateDnsName(),
                status.publicIpAddress(),
                status.subnetId(),
                status.vpcId(),
                status.imageId(),
                status.launchTime(),
                null,
                status.networkInterfaces());
    }

    private static boolean roomChanged(Host now, Host before) {
        return Watch.specChanged(now, before)
                || Conditions.isTrue(now, ConditionType.READY) != Conditions.isTrue(before, ConditionType.READY)
                || now.getStatus() != null
                        && before.getStatus() != null
                        && !Objects.equals(
                                now.getStatus().allocatable(),
                                before.getStatus().allocatable());
    }

    /** The instance that made an interface, or to which it is bound. */
    private static Set<ResourceID> users(NetworkInterface eni) {
        return Stream.concat(
                        parent(eni).stream(),
                        Attachments.recorded(eni)
                                .map(attachment -> new ResourceID(
                                        attachment.instanceRef().name(),
                                        eni.getMetadata().getNamespace()))
                                .stream())
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> parent(HasMetadata child) {
        return child.getMetadata().getOwnerReferences().stream()
                .filter(reference -> "Instance".equals(reference.getKind()))
                .map(reference ->
                        new ResourceID(reference.getName(), child.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
    }
}
