package io.minicloud.agent.inventory;

import java.util.Set;

/**
 * What there are objects for in this host's namespace: a complete list, never a part of one.
 *
 * @param uids of every machine and disk
 * @param imageIds of every image
 * @param vpcIds of every network
 * @param interfaceIds of every interface
 */
public record KnownObjects(Set<String> uids, Set<String> imageIds, Set<String> vpcIds, Set<String> interfaceIds) {
    /** Keeps immutable copies. */
    public KnownObjects {
        uids = Set.copyOf(uids);
        imageIds = Set.copyOf(imageIds);
        vpcIds = Set.copyOf(vpcIds);
        interfaceIds = Set.copyOf(interfaceIds);
    }
}
