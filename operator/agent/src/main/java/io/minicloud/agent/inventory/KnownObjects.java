package io.minicloud.agent.inventory;

import java.util.Set;

/**
 * What there are objects for in this host's namespace: a complete list, never a part of one.
 *
 * @param uids of every machine, disk and appliance
 * @param imageIds of every image
 * @param networkIds of the VPC and the internet gateway of every network, and of every appliance
 * @param interfaceIds of every interface
 */
public record KnownObjects(Set<String> uids, Set<String> imageIds, Set<String> networkIds, Set<String> interfaceIds) {
    /** Keeps immutable copies. */
    public KnownObjects {
        uids = Set.copyOf(uids);
        imageIds = Set.copyOf(imageIds);
        networkIds = Set.copyOf(networkIds);
        interfaceIds = Set.copyOf(interfaceIds);
    }
}
