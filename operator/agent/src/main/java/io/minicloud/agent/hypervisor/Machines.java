package io.minicloud.agent.hypervisor;

import java.util.List;

/** Every virtual machine of this host, ours or not. */
@FunctionalInterface
public interface Machines {
    /** All domains, in no order. */
    List<ObservedMachine> all();
}
