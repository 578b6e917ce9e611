package io.minicloud.controller.placement;

/**
 * An instance that has a host.
 *
 * @param uid the uid of the instance
 * @param host the host
 * @param room what it takes there; a stopped instance keeps its room, so that it can always start again
 */
public record Tenant(String uid, String host, Room room) {}
