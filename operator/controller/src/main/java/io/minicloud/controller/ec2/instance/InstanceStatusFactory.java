package io.minicloud.controller.ec2.instance;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status of an Instance, but for its placement, which has a writer of its own. */
final class InstanceStatusFactory {
    private static final String PENDING = "pending";

    /** Reasons that a HostMachine has too, under the same names. */
    private static final Set<String> TROUBLE =
            Set.of(InstanceReason.AutomaticRecovery.name(), InstanceReason.HostDiskFull.name());

    private final Clock clock;
    private final String region;

    InstanceStatusFactory(Clock clock, String region) {
        this.clock = clock;
        this.region = region;
    }

    /** The status after a pass. */
    InstanceStatus of(Instance instance, InstanceView view) {
        var conditions = Verdict.conditions(instance, clock);
        Verdict.say(conditions, ConditionType.ACCEPTED, view.accepted());
        Verdict.say(conditions, ConditionType.PROGRAMMED, view.programmed());
        Verdict.say(conditions, ConditionType.READY, ready(instance, view));
        return status(instance, view, conditions, state(view.machine()));
    }

    /** The status of an instance that is being terminated. */
    InstanceStatus shuttingDown(Instance instance, String message, @Nullable HostMachine machine) {
        var waiting = Progress.pending(InstanceReason.ShuttingDown, message);
        var conditions = Verdict.deleting(Verdict.conditions(instance, clock), InstanceReason.Valid, waiting);
        var view = new InstanceView(null, null, waiting, waiting, null, null, machine);
        return status(instance, view, conditions, "shutting-down");
    }

    private static Progress ready(Instance instance, InstanceView view) {
        var machine = Optional.ofNullable(view.machine()).map(HostMachine::getStatus);
        if (machine.isEmpty()) {
            return view.accepted().done() ? view.programmed() : view.accepted();
        }
        // Of the instance: the machine that is seen may not have been told yet.
        var wanted = Objects.requireNonNullElse(instance.getSpec().state(), PowerPlan.RUNNING);
        var state = Objects.requireNonNullElse(machine.get().state(), PENDING);
        if (guestStopped(machine.get()) && wanted.equals(PowerPlan.RUNNING)) {
            return Progress.pending(
                    InstanceReason.InstanceInitiatedShutdown,
                    "The guest shut itself down; set state to stopped and then to running to start it.");
        }
        var trouble = trouble(machine.get());
        if (trouble.isPresent() && wanted.equals(PowerPlan.RUNNING)) {
            return trouble.get();
        }
        if (!state.equals(wanted)) {
            return view.programmed().done()
                    ? Progress.pending(
                            InstanceReason.Pending, "The machine is " + state + ", wanted is " + wanted + ".")
                    : view.programmed();
        }
        if (wanted.equals(PowerPlan.STOPPED)) {
            return Progress.done(InstanceReason.Stopped, "");
        }
        return view.eni() != null && Conditions.isTrue(view.eni(), ConditionType.PROGRAMMED)
                ? Progress.done(InstanceReason.Running, withoutPublicAddress(view.eni()))
                : Progress.pending(
                        InstanceReason.NetworkInterfacePending,
                        "NetworkInterface " + InstancePlanner.interfaceName(instance) + " is not programmed.");
    }

    /** Why one that was to have a public address runs without. */
    private static String withoutPublicAddress(NetworkInterface eni) {
        return LaunchAddresses.condition(eni)
                .filter(assigned -> !assigned.status().equals("True"))
                .filter(assigned -> eni.getStatus().association() == null)
                .map(assigned -> "Without a public address: " + assigned.message() + ".")
                .orElse("");
    }

    /** What a machine tells of itself that its user should know. */
    private static Optional<Progress> trouble(HostMachineStatus machine) {
        return Conditions.find(machine, ConditionType.READY)
                .filter(ready -> TROUBLE.contains(ready.reason()))
                .map(ready -> Progress.pending(
                        InstanceReason.valueOf(ready.reason()), "The machine: " + ready.message() + "."));
    }

    private static String state(@Nullable HostMachine machine) {
        return machine == null
                        || machine.getStatus() == null
                        || machine.getStatus().state() == null
                ? PENDING
                : machine.getStatus().state();
    }

    private static boolean guestStopped(HostMachineStatus machine) {
        return "guest".equals(machine.poweredOffBy()) && PowerPlan.STOPPED.equals(machine.state());
    }

    /**
     * Why the state is what it is.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html">StateReason</a>
     */
    private static @Nullable String stateReason(InstanceView view, String state) {
        if (view.programmed().reason() == InstanceReason.InsufficientInstanceCapacity) {
            return "Server.InsufficientInstanceCapacity: " + view.programmed().message();
        }
        var machine = view.machine();
        if (!state.equals(PowerPlan.STOPPED) || machine == null) {
            return null;
        }
        return guestStopped(machine.getStatus())
                ? "Client.InstanceInitiatedShutdown: Instance initiated shutdown"
                : "Client.UserInitiatedShutdown: User initiated shutdown";
    }

    private InstanceStatus status(Instance instance, InstanceView view, ConditionBuilder conditions, String state) {
        var id = InstancePlanner.instanceId(instance);
        var before = Optional.ofNullable(instance.getStatus());
        var eni = Optional.ofNullable(view.eni()).map(found -> found.getStatus());
        var inputs = Optional.ofNullable(view.inputs());
        return new InstanceStatus(
                conditions.build(),
                instance.getMetadata().getGeneration(),
                Optional.ofNullable(view.accountId())
                        .map(account -> Arn.of("ec2", region, account, "instance/" + id))
                        .or(() -> before.map(InstanceStatus::arn))
                        .orElse(null),
                id,
                state,
                stateReason(view, state),
                eni.map(NetworkInterfaceStatus::privateIpAddress)
                        .or(() -> before.map(InstanceStatus::privateIpAddress))
                        .orElse(null),
                eni.map(NetworkInterfaceStatus::privateDnsName)
                        .or(() -> before.map(InstanceStatus::privateDnsName))
                        .orElse(null),
                (view.eni() == null
                                ? before.map(InstanceStatus::publicIpAddress)
                                : eni.map(NetworkInterfaceStatus::association).map(Association::publicIp))
                        .orElse(null),
                inputs.map(found ->
                                AwsId.of("subnet", found.subnet().getMetadata().getUid()))
                        .or(() -> before.map(InstanceStatus::subnetId))
                        .orElse(null),
                inputs.map(found -> AwsId.of("vpc", found.vpc().getMetadata().getUid()))
                        .or(() -> before.map(InstanceStatus::vpcId))
                        .orElse(null),
                inputs.map(found -> AwsId.of("ami", found.image().getMetadata().getUid()))
                        .or(() -> before.map(InstanceStatus::imageId))
                        .orElse(null),
                Optional.ofNullable(view.machine())
                        .map(HostMachine::getStatus)
                        .map(HostMachineStatus::launchTime)
                        .orElse(null),
                null,
                Optional.ofNullable(view.bound())
                        .map(InterfaceAddresses::told)
                        .or(() -> before.map(InstanceStatus::networkInterfaces))
                        .orElse(null));
    }
}
