package io.minicloud.agent.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Something of this installation on this machine for which there is no object.
 *
 * @param kind what it is
 * @param name its name on the machine
 * @param tag its owner tag; null for an image, which carries none
 */
public record UnknownThing(Kind kind, String name, @Nullable String tag) {
    /** What it is. */
    public enum Kind {
        /** A libvirt domain. */
        Domain,
        /** A disk's file. */
        Disk,
        /** An image's folder. */
        Image
    }
}
