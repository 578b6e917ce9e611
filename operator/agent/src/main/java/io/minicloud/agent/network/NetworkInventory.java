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
 * @param edgeTables the tables of the root namespace, by family and name, that internet gateways have of their own
 * @param answered the addresses for which the root namespace answers by our hand, and by which link of its own each is reached, empty
 *     for none
 */
public record NetworkInventory(
        Map<String, Collection<Link>> routers,
        Set<String> appliances,
        Collection<Link> rootLinks,
        Set<String> served,
        boolean edge,
        Set<String> edgeTables,
        Map<ProxiedAddress, String> answered) {}
