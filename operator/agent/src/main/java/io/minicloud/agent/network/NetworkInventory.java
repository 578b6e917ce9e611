package io.minicloud.agent.network;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What lies on this machine of routers and appliances, ours or not.
 *
 * @param routers the links of every namespace whose loopback carries our tag of a network, by the id of the VPC or gateway
 * @param appliances the ids of those whose loopback carries our tag of an appliance
 * @param rootLinks the links of the root namespace
 * @param served the VPCs for which there are files of dnsmasq
 * @param edge whether the rules that all internet gateways share are there
 */
public record NetworkInventory(
        Map<String, Collection<Link>> routers,
        Set<String> appliances,
        Collection<Link> rootLinks,
        Set<String> served,
        boolean edge) {}
