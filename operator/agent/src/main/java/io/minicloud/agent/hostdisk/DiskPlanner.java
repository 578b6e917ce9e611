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
        return wish.inUse() ? new Step.Wait() : new Step.Grow();
    }

    /**
     * A disk as it should be.
     *
     * @param owner whose it is
     * @param sizeBytes the size that the guest sees
     * @param source what it starts as a copy of; empty when null
     * @param inUse whether a machine may hold it
     */
    record Wish(OwnerTag owner, long sizeBytes, @Nullable Source source, boolean inUse) {}

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

        /** Make it larger when no machine holds it. */
        record Wait() implements Step {}

        /** It can never be. */
        record Refuse(HostDiskReason reason, String message) implements Step {}
    }
}
