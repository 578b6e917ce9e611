package io.minicloud.agent.network;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What lies on this machine of routers, ours or not.
 *
 * @param routers the links of every namespace whose loopback carries our tag, by VPC id
 * @param rootLinks the links of the root namespace
 * @param served the VPCs for which there are files of dnsmasq
 * @param edge whether the rules that all internet gateways share are there
 */
public record NetworkInventory(
        Map<String, Collection<Link>> routers, Collection<Link> rootLinks, Set<String> served, boolean edge) {}
