package io.minicloud.agent.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * A network interface of a domain as it is.
 *
 * @param interfaceName its HostInterface; null when it was defined before interfaces carried a name
 * @param tap the port at its other end
 * @param plugged whether the running machine has it
 * @param linkUp whether its link is up
 * @param defined whether the next start gives it to the machine
 */
public record ObservedNetwork(
        @Nullable String interfaceName, String tap, boolean plugged, boolean linkUp, boolean defined) {}
