package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyStatus;

/**
 * What is there of a proxy.
 *
 * @param state whether it serves as it is wanted
 * @param message why not; empty when it does
 * @param status of its targets
 */
public record ProxyFinding(State state, String message, ProxyStatus status) {
    /** Whether a proxy serves as it is wanted. */
    public enum State {
        /** It does. */
        InForce,
        /** It begins: another look tells soon. */
        Starting,
        /** What is wanted is not in force yet: another look tells soon. */
        Changing,
        /** It began and ended. */
        Failing
    }
}
