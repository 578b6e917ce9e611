package io.minicloud.agent.hypervisor;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The virtual machines of this host. Every call is idempotent and bounded in time; what cannot be done is thrown as
 * {@link HypervisorException}. None of them looks at the owner: that is the caller's decision.
 */
public interface Hypervisor {
    /** One domain. */
    Optional<ObservedMachine> find(String name);

    /** Defines a machine, or changes the definition that its next start uses. */
    void define(MachineDefinition definition);

    /** Starts a defined machine with its processors standing still; nothing when it is started already. */
    void startPaused(String name);

    /** Lets the processors of a started machine run. */
    void resume(String name);

    /** Presses the power button. The guest may not hear it: right after boot it usually does not. */
    void requestShutdown(String name);

    /** Presses the power button and starts the guest anew when it has shut down. It may not hear it. */
    void requestReboot(String name);

    /** Resets or switches off a machine without asking its guest. */
    void force(String name, Force force);

    /** Replaces what is remembered with a domain. */
    void note(String name, MachineNotes notes);

    /** Forgets a machine that is off; nothing when it is not defined. Disks stay. */
    void undefine(String name);

    /**
     * Tells of changes of domains, by name, and once more after a connection was lost, for all domains: events of the
     * time in between are lost.
     */
    void onChange(Consumer<MachineEvent> listener);

    /** What is done to a guest that is not asked. */
    enum Force {
        /** Reset: the guest starts anew. */
        RESET,
        /** Off. */
        OFF
    }
}
