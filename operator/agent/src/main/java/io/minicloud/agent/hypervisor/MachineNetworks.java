package io.minicloud.agent.hypervisor;

import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;

/**
 * The network interfaces of machines that run. Every call is idempotent and bounded in time; what cannot be done is thrown as
 * {@link HypervisorException}.
 */
public interface MachineNetworks {
    /** Plugs an interface into a running machine or adds it to what its next start gets. */
    void attach(String machine, NetworkDevice network, Scope scope);

    /** Sets the link of an interface that a running machine has. */
    void setLink(String machine, NetworkDevice network);

    /**
     * Asks the guest of a running machine to let go of an interface, which it does in its own time or never; or takes the
     * interface from what the next start gets.
     */
    void detach(String machine, String interfaceName, Scope scope);

    /** Of what an interface is a part. */
    enum Scope {
        /** The machine that runs. */
        RUNNING,
        /** Its definition. */
        NEXT_START
    }
}
