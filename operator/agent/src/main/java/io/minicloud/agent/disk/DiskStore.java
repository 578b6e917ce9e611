package io.minicloud.agent.disk;

import io.minicloud.reconcile.identity.OwnerTag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The disks of this host, by volume id. All are qcow2. */
public interface DiskStore {
    /** A disk. */
    Optional<ObservedDisk> find(String volumeId) throws IOException;

    /** Whose a disk is; also of one that was begun and not finished. Empty when it is not minicloud's. */
    Optional<OwnerTag> owner(String volumeId) throws IOException;

    /** The owners of all disks that are there and have one, by volume id. */
    Map<String, OwnerTag> owners() throws IOException;

    /** Makes an empty disk. */
    void createEmpty(String volumeId, long sizeBytes, OwnerTag owner) throws IOException;

    /**
     * Makes a disk that starts as a copy of an image, at once: it holds only what is written to it.
     *
     * @param image a checked file that never changes and outlives the disk
     * @param imageFormat qcow2 or raw
     */
    void cloneImage(String volumeId, Path image, String imageFormat, long sizeBytes, OwnerTag owner) throws IOException;

    /** Whether a process holds a disk, as a running machine does. */
    boolean isHeld(String volumeId) throws IOException;

    /**
     * Gives a disk another id and another owner, bytes and all.
     *
     * @param unknown the id that it had
     * @param volumeId the id that it gets, under which nothing lies yet
     * @param owner whose it becomes
     */
    void adopt(String unknown, String volumeId, OwnerTag owner) throws IOException;

    /** Makes a disk larger; its machine must be off. */
    void grow(String volumeId, long sizeBytes) throws IOException;

    /** Whether a disk, of whomever, starts from a file below this folder: such a file must stay. */
    boolean anyClonedFrom(Path folder) throws IOException;

    /** Removes a disk and its bytes. */
    void delete(String volumeId) throws IOException;
}
