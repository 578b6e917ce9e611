package io.minicloud.agent.network;

/**
 * What the kernel of this machine does for networks.
 *
 * @param links namespaces, links and settings
 * @param routes routes, rules and neighbours
 * @param filter who may reach whom
 */
public record NetworkStack(Links links, Routes routes, PacketFilter filter) {}
