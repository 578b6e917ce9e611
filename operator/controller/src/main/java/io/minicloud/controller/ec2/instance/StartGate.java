package io.minicloud.controller.ec2.instance;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.ipam.IpamReason;
import io.minicloud.controller.publicaddress.LaunchAddressReason;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a start waits for its public address. AWS fails a launch with InsufficientAddressCapacity when none is free; here
 * the instance stays pending with that reason until one is, as it waits for a host with room. Where no pool is meant it
 * starts without. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">Error codes</a>
 */
final class StartGate {
    private StartGate() {}

    /**
     * What is waited for.
     *
     * @param reason for the conditions
     * @param message for a person
     */
    record Wait(InstanceReason reason, String message) {}

    /**
     * What a start waits for; empty: nothing, or nothing is started.
     *
     * @param eni the primary network interface
     * @param power what of the spec may take effect now
     * @param before the machine as it is, null when there is none yet
     */
    static Optional<Wait> waiting(NetworkInterface eni, PowerPlan power, @Nullable HostMachine before) {
        var starts = before == null || PowerPlan.STOPPED.equals(before.getSpec().state());
        if (!starts || !PowerPlan.RUNNING.equals(power.state()) || !LaunchAddresses.isAsked(eni)) {
            return Optional.empty();
        }
        var name = "NetworkInterface " + eni.getMetadata().getName();
        var condition = LaunchAddresses.condition(eni);
        var reason = condition.map(Condition::reason).orElse(LaunchAddressReason.InstanceNotRunning.name());
        if (reason.equals(LaunchAddressReason.InstanceNotRunning.name())) {
            return Optional.of(new Wait(InstanceReason.NetworkInterfacePending, name + " has no public address yet."));
        }
        return condition
                .filter(found -> reason.equals(IpamReason.InsufficientAddressCapacity.name()))
                .map(found ->
                        new Wait(InstanceReason.InsufficientAddressCapacity, name + ": " + found.message() + "."));
    }
}
