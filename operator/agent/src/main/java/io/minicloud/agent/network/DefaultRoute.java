package io.minicloud.agent.network;

/**
 * A way of the root namespace to wherever no other leads.
 *
 * @param link by which it goes
 * @param router the next hop, empty for none
 */
record DefaultRoute(String link, String router) {}
