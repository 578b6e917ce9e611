package io.minicloud.agent.hostmachine;

import io.minicloud.agent.hypervisor.MachineDefinition;
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
 * @param portsProgrammed whether every port is isolated and filtered, so that the guest may run
 * @param room whether the host's disk has room, so that a guest that stalled may go on
 */
record MachineWish(
        boolean running,
        boolean deleted,
        long powerGeneration,
        @Nullable String reboot,
        Optional<MachineDefinition> definition,
        boolean portsProgrammed,
        boolean room) {}
