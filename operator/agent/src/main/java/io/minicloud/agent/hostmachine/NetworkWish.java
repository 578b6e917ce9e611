package io.minicloud.agent.hostmachine;

import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import java.util.Optional;

/**
 * A network interface of a machine as it should be.
 *
 * @param interfaceName its HostInterface
 * @param device how its next start gets it; empty while the HostInterface is not there or has no port
 * @param port how far its port is
 */
record NetworkWish(String interfaceName, Optional<NetworkDevice> device, Port port) {
    /** How far a port is. */
    enum Port {
        /** Not there, or it belongs to an earlier start. */
        ABSENT,
        /** It waits in the reach of the hypervisor for its machine. */
        AWAITS_MACHINE,
        /** It is isolated and filtered: the guest may use it. */
        PROGRAMMED
    }
}
