package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.publicaddress.LaunchAddressReason;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import java.util.Optional;

/**
 * When an interface has the public address that is assigned at the start of its instance: from the start until the instance
 * is stopped or an ElasticIp takes its place. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html">Public IPv4 addresses</a>
 */
final class LaunchAddressRules {
    private static final String RUNNING = "running";
    private static final String STOPPING = "stopping";
    private static final String STOPPED = "stopped";

    /** The code with which the reason of a state begins when the guest shut itself down. */
    private static final String BY_GUEST = "Client.InstanceInitiatedShutdown";

    private LaunchAddressRules() {}

    /**
     * Why the interface has no such address now; empty: it is to have one.
     *
     * @param eni an interface that asks for one
     * @param instance its instance, as far as it exists
     * @param elasticIp whether an ElasticIp is associated with it
     * @param several whether its instance has other interfaces
     */
    static Optional<Progress> withheld(
            NetworkInterface eni, Optional<Instance> instance, boolean elasticIp, boolean several) {
        if (instance.filter(LaunchAddressRules::runs).isEmpty()) {
            return Optional.of(Progress.pending(
                    LaunchAddressReason.InstanceNotRunning, "it gets an address when its instance starts"));
        }
        if (elasticIp || was(LaunchAddressReason.ReplacedByElasticIp, eni)) {
            return Optional.of(Progress.pending(
                    LaunchAddressReason.ReplacedByElasticIp,
                    "an ElasticIp took its place: another address comes when the instance is stopped and started"));
        }
        return LaunchAddresses.recorded(eni).isEmpty()
                        && (several || was(LaunchAddressReason.SeveralNetworkInterfaces, eni))
                ? Optional.of(Progress.pending(
                        LaunchAddressReason.SeveralNetworkInterfaces,
                        "the instance was started with several network interfaces: give it an ElasticIp"))
                : Optional.empty();
    }

    /** Whether an instance runs, is to run, or has not yet stopped. */
    static boolean runs(Instance instance) {
        if (instance.isMarkedForDeletion()) {
            return false;
        }
        var status = instance.getStatus();
        var state = status == null ? null : status.state();
        if (STOPPED.equals(instance.getSpec().state())) {
            return RUNNING.equals(state) || STOPPING.equals(state);
        }
        return !STOPPED.equals(state)
                || status.stateReason() == null
                || !status.stateReason().startsWith(BY_GUEST);
    }

    /** Since the last start: a stop says something else. */
    private static boolean was(LaunchAddressReason reason, NetworkInterface eni) {
        return LaunchAddresses.condition(eni)
                .filter(condition -> condition.reason().equals(reason.name()))
                .isPresent();
    }
}
