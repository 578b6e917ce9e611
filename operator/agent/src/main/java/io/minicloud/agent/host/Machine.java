package io.minicloud.agent.host;

/** This machine, as far as its capacity goes. */
@FunctionalInterface
public interface Machine {
    /** Looks at the machine anew. */
    HostFacts observe();
}
