package io.minicloud.controller.placement;

/**
 * An amount of what a host can give.
 *
 * @param vCpus virtual processors
 * @param memoryMiB memory, MiB
 * @param diskGiB virtual disk size, GiB
 */
public record Room(int vCpus, int memoryMiB, int diskGiB) {
    /** Nothing. */
    public static final Room NONE = new Room(0, 0, 0);

    /** Both together. */
    public Room plus(Room other) {
        return new Room(vCpus + other.vCpus, memoryMiB + other.memoryMiB, diskGiB + other.diskGiB);
    }

    /** What is left when the other is taken away; nothing where it is more than there is. */
    public Room minus(Room other) {
        return new Room(
                Math.max(0, vCpus - other.vCpus),
                Math.max(0, memoryMiB - other.memoryMiB),
                Math.max(0, diskGiB - other.diskGiB));
    }

    /** Whether all of the other fits in here. */
    public boolean holds(Room other) {
        return vCpus >= other.vCpus && memoryMiB >= other.memoryMiB && diskGiB >= other.diskGiB;
    }
}
