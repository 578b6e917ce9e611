package io.minicloud.agent.network;

/**
 * An address of another for which the root namespace answers on a link.
 *
 * @param address the address
 * @param link where who asks for it is answered
 */
public record ProxiedAddress(String address, String link) {}
