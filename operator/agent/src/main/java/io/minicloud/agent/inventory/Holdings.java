package io.minicloud.agent.inventory;

import io.minicloud.reconcile.identity.OwnerTag;
import java.util.List;
import java.util.Map;

/**
 * What of value lies on this machine, ours or not.
 *
 * @param domains the tag of every libvirt domain that has one, by its name
 * @param disks the tag of every disk that has one, by volume id
 * @param images the image ids in our image store
 */
record Holdings(Map<String, OwnerTag> domains, Map<String, OwnerTag> disks, List<String> images) {}
