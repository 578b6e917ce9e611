package io.minicloud.agent.image;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The header of a qcow2 file, read by ourselves: an image comes from a stranger, and may name a file of this host as its
 * backing or data file, whose bytes its guest could then read.
 *
 * @param virtualSize of the disk in bytes
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst">qcow2 specification</a>
 */
record QcowHeader(long virtualSize) {
    /** The most that is read of a file to check it: a header and its extensions lie in the first cluster. */
    static final int MAX_BYTES = 1 << 16;

    private static final int MAGIC = 0x514649fb;
    private static final int VERSION_2_LENGTH = 72;
    private static final int VERSION_3_LENGTH = 104;

    /** Dirty and corrupt are harmless bits but no image to clone from; external data file is the hostile one. */
    private static final long INCOMPATIBLE_ALLOWED = 0b11000;

    private static final long EXTERNAL_DATA_FILE = 0b100;
    private static final int EXTENSION_END = 0;
    private static final int EXTENSION_BACKING_FORMAT = 0xe2792aca;
    private static final int EXTENSION_DATA_FILE = 0x44415441;
    private static final int EXTENSION_ENCRYPTION = 0x0537be77;

    /**
     * Reads and judges a header.
     *
     * @param start the first {@link #MAX_BYTES} of the file, or all of it
     * @param maxVirtualSize the largest disk that is accepted, bytes
     */
    static QcowHeader check(ByteBuffer start, long maxVirtualSize) throws ImageRefusedException {
        try {
            return read(start.duplicate(), maxVirtualSize);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new ImageRefusedException(Reason.FormatMismatch, "the qcow2 header is cut off");
        }
    }

    private static QcowHeader read(ByteBuffer in, long maxVirtualSize) throws ImageRefusedException {
        if (in.getInt() != MAGIC) {
            throw new ImageRefusedException(Reason.FormatMismatch, "declared as qcow2, but it is not one");
        }
        var version = in.getInt();
        if (version != 2 && version != 3) {
            throw new ImageRefusedException(Reason.FormatMismatch, "qcow2 version " + version + " is not known");
        }
        var backingOffset = in.getLong();
        var backingLength = in.getInt();
        if (backingOffset != 0 || backingLength != 0) {
            throw new ImageRefusedException(
                    Reason.HostileImage, "it has a backing file: flatten it with qemu-img convert");
        }
        in.getInt(); // cluster bits
        var virtualSize = in.getLong();
        if (virtualSize <= 0 || virtualSize > maxVirtualSize) {
            throw new ImageRefusedException(
                    Reason.TooLarge,
                    "its disk has " + Long.toUnsignedString(virtualSize) + " bytes; at most " + maxVirtualSize
                            + " are accepted");
        }
        if (in.getInt() != 0) {
            throw new ImageRefusedException(Reason.HostileImage, "it is encrypted");
        }
        checkExtensions(in.position(version == 2 ? VERSION_2_LENGTH : features(in)));
        return new QcowHeader(virtualSize);
    }

    /** Checks the feature bits of version 3 and gives the length of the header. */
    private static int features(ByteBuffer in) throws ImageRefusedException {
        var incompatible = in.position(VERSION_2_LENGTH).getLong();
        if ((incompatible & EXTERNAL_DATA_FILE) != 0) {
            throw new ImageRefusedException(Reason.HostileImage, "its data are in another file");
        }
        if ((incompatible & ~INCOMPATIBLE_ALLOWED) != 0) {
            throw new ImageRefusedException(
                    Reason.FormatMismatch,
                    "it is dirty, corrupt or newer than this host: repair it with qemu-img check");
        }
        var length = in.position(100).getInt();
        if (length < VERSION_3_LENGTH) {
            throw new ImageRefusedException(Reason.FormatMismatch, "the qcow2 header is too short");
        }
        return length;
    }

    private static void checkExtensions(ByteBuffer in) throws ImageRefusedException {
        while (true) {
            var type = in.getInt();
            var length = in.getInt();
            switch (type) {
                case EXTENSION_END -> {
                    return;
                }
                case EXTENSION_BACKING_FORMAT, EXTENSION_DATA_FILE ->
                    throw new ImageRefusedException(Reason.HostileImage, "it names another file");
                case EXTENSION_ENCRYPTION -> throw new ImageRefusedException(Reason.HostileImage, "it is encrypted");
                default -> in.position(Math.addExact(in.position(), padded(length)));
            }
        }
    }

    private static int padded(int length) {
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException();
        }
        return (length + 7) & ~7;
    }
}
