package io.minicloud.agent.host;

/** Tells the controller that this machine's agent is alive. */
@FunctionalInterface
public interface Heartbeat {
    /** Says so now. Throws what the API server answers when it cannot be said. */
    void beat();
}
