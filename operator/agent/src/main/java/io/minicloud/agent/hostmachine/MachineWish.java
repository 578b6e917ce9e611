package io.minicloud.agent.hostmachine;

import io.minicloud.agent.hypervisor.MachineDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine as it should be.
 *
 * @param running whether it should run
 * @param deleted whether it should not be there at all
 * @param powerGeneration grows whenever someone asks for power anew
 * @param reboot the last reboot that was asked for; null when none ever was
 * @param definition how to start it; empty while something that a start needs is not there
 * @param networks its network interfaces in the order of their device index
 * @param room whether the host's disk has room, so that a guest that stalled may go on
 */
record MachineWish(
        boolean running,
        boolean deleted,
        long powerGeneration,
        @Nullable String reboot,
        Optional<MachineDefinition> definition,
        List<NetworkWish> networks,
        boolean room) {
    /** Whether its primary port is isolated and filtered, so that the guest may run. The link of any other waits for its own. */
    boolean portProgrammed() {
        return !networks.isEmpty() && networks.getFirst().port() == NetworkWish.Port.PROGRAMMED;
    }
}
