package io.minicloud.controller.ec2.instance;

import io.minicloud.api.ec2.InstanceSpec;
import io.minicloud.api.host.HostMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a spec may take effect now, given the machine as it is.
 *
 * @param state running or stopped
 * @param resize whether the machine takes the type of the spec; else it keeps its own
 * @param newUserData whether the machine takes the user data of the spec; else it keeps its own
 * @param refusals what is refused, and why
 */
record PowerPlan(String state, boolean resize, boolean newUserData, List<Refusal> refusals) {
    static final String RUNNING = "running";
    static final String STOPPED = "stopped";

    /** The metadata leaf by which a machine tells its type. */
    static final String TYPE_LEAF = "meta-data/instance-type";

    /**
     * Something that is asked for and does not take effect.
     *
     * @param reason why
     * @param message with the remedy
     */
    record Refusal(InstanceReason reason, String message) {}

    /**
     * Judges a spec. As in AWS, the type and the user data change only while the instance is stopped, and an instance with
     * disableApiStop is not stopped by anyone but its guest.
     *
     * @param spec what is wanted
     * @param userDataSecret the name of the Secret of the wanted user data, null for none
     * @param machine the machine as it is, null when there is none yet
     */
    static PowerPlan of(InstanceSpec spec, @Nullable String userDataSecret, @Nullable HostMachine machine) {
        var refusals = new ArrayList<Refusal>();
        var state = state(spec, machine, refusals);
        if (machine == null || stopped(machine)) {
            return new PowerPlan(state, true, true, refusals);
        }
        if (!spec.instanceType().equals(type(machine).orElse(spec.instanceType()))) {
            refusals.add(new Refusal(
                    InstanceReason.IncorrectInstanceState,
                    "The instance type changes only while the instance is stopped: set state to stopped first."));
        }
        if (!Objects.equals(userDataSecret, userDataSecret(machine))) {
            refusals.add(new Refusal(
                    InstanceReason.IncorrectInstanceState,
                    "User data changes only while the instance is stopped: set state to stopped first."));
        }
        return new PowerPlan(state, false, false, refusals);
    }

    /** The instance type that a machine has. */
    static Optional<String> type(HostMachine machine) {
        return Optional.ofNullable(machine.getSpec().metadata())
                .map(metadata -> metadata.values().get(TYPE_LEAF));
    }

    /** The Secret with the user data that a machine has. */
    static @Nullable String userDataSecret(HostMachine machine) {
        return machine.getSpec().metadata() == null
                ? null
                : machine.getSpec().metadata().userDataSecretName();
    }

    private static String state(InstanceSpec spec, @Nullable HostMachine machine, List<Refusal> refusals) {
        if (!STOPPED.equals(spec.state())) {
            return RUNNING;
        }
        var already = machine != null && STOPPED.equals(machine.getSpec().state());
        if (Boolean.TRUE.equals(spec.disableApiStop()) && !already) {
            refusals.add(new Refusal(
                    InstanceReason.OperationNotPermitted,
                    "The instance is protected from being stopped: set disableApiStop to false first."));
            return RUNNING;
        }
        return STOPPED;
    }

    private static boolean stopped(HostMachine machine) {
        return machine.getStatus() != null
                && STOPPED.equals(machine.getStatus().state())
                && Objects.equals(
                        machine.getStatus().observedGeneration(),
                        machine.getMetadata().getGeneration());
    }
}
