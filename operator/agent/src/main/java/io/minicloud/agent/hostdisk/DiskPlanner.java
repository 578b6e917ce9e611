package io.minicloud.agent.hostdisk;

import io.minicloud.agent.disk.ObservedDisk;
import io.minicloud.reconcile.identity.OwnerTag;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be done about a disk: a pure function. */
final class DiskPlanner {
    private DiskPlanner() {}

    /**
     * Plans.
     *
     * @param wish the disk as it should be
     * @param observed the disk as it is
     */
    static Step plan(Wish wish, Optional<ObservedDisk> observed) {
        if (observed.isEmpty() && wish.adoption() != null) {
            return adopt(wish, wish.adoption());
        }
        if (observed.isEmpty() && wish.lastPath() != null) {
            // A new one in its place would look as if everything on it had been erased.
            return new Step.Wait(
                    HostDiskReason.DiskMissing,
                    wish.lastPath()
                            + " was there and is gone: mount what it lay on, or put it back; if it is lost, delete"
                            + " the volume and make a new one");
        }
        if (observed.isEmpty()) {
            var source = wish.source();
            if (source != null && source.virtualSizeBytes() > wish.sizeBytes()) {
                return new Step.Refuse(
                        HostDiskReason.ImageUnfit,
                        "the image's disk has " + source.virtualSizeBytes()
                                + " bytes: give the volume at least as many");
            }
            return new Step.Create();
        }
        var disk = observed.get();
        if (!disk.owner().equals(Optional.of(wish.owner()))) {
            return new Step.Refuse(
                    HostDiskReason.NameTaken,
                    disk.path() + " belongs to "
                            + disk.owner().map(OwnerTag::toString).orElse("someone else"));
        }
        if (disk.virtualSizeBytes() > wish.sizeBytes()) {
            return new Step.Refuse(
                    HostDiskReason.CannotShrink,
                    "it has " + disk.virtualSizeBytes() + " bytes already and cannot shrink");
        }
        if (disk.virtualSizeBytes() == wish.sizeBytes()) {
            return new Step.Nothing();
        }
        return wish.inUse()
                ? new Step.Wait(HostDiskReason.AwaitingMachineStop, "grows when its machine is stopped")
                : new Step.Grow();
    }

    private static Step adopt(Wish wish, Adoption adoption) {
        var disk = adoption.disk();
        if (disk.isEmpty() || disk.get().owner().isEmpty()) {
            return new Step.Refuse(
                    HostDiskReason.NotAdoptable,
                    adoption.volumeId()
                            + " is no disk of minicloud on this host: correct the annotation of the Host, or"
                            + " remove it for a new disk");
        }
        if (adoption.known()) {
            return new Step.Refuse(
                    HostDiskReason.NotAdoptable,
                    adoption.volumeId() + " belongs to another HostDisk: correct the annotation of the Host");
        }
        if (disk.get().virtualSizeBytes() > wish.sizeBytes()) {
            return new Step.Refuse(
                    HostDiskReason.CannotShrink,
                    adoption.volumeId() + " has " + disk.get().virtualSizeBytes()
                            + " bytes: give the volume at least as many");
        }
        if (adoption.held()) {
            return new Step.Wait(
                    HostDiskReason.AwaitingMachineStop,
                    adoption.volumeId() + " is adopted when the machine that holds it is stopped");
        }
        return new Step.Adopt(adoption.volumeId());
    }

    /**
     * A disk as it should be.
     *
     * @param owner whose it is
     * @param sizeBytes the size that the guest sees
     * @param source what it starts as a copy of; empty when null
     * @param inUse whether a machine may hold it
     * @param adoption what it is to be in place of a new one; null when it is to be new
     * @param lastPath where it lay when it was last seen; null when it never was
     */
    record Wish(
            OwnerTag owner,
            long sizeBytes,
            @Nullable Source source,
            boolean inUse,
            @Nullable Adoption adoption,
            @Nullable String lastPath) {}

    /**
     * A disk that is to be adopted.
     *
     * @param volumeId the id that it has
     * @param disk as it is
     * @param known whether it is the disk of another object
     * @param held whether a process holds it
     */
    record Adoption(String volumeId, Optional<ObservedDisk> disk, boolean known, boolean held) {}

    /**
     * What a disk starts as a copy of.
     *
     * @param file the image's file
     * @param format qcow2 or raw
     * @param virtualSizeBytes of the disk that it holds
     */
    record Source(Path file, String format, long virtualSizeBytes) {}

    /** One thing to do. */
    sealed interface Step {
        /** It is as it should be. */
        record Nothing() implements Step {}

        /** Make it. */
        record Create() implements Step {}

        /** Make it larger. */
        record Grow() implements Step {}

        /** Make it of the disk that has this id. */
        record Adopt(String volumeId) implements Step {}

        /** Nothing can be done for now. */
        record Wait(HostDiskReason reason, String message) implements Step {}

        /** It can never be. */
        record Refuse(HostDiskReason reason, String message) implements Step {}
    }
}
