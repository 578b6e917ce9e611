package io.minicloud.agent.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import io.minicloud.reconcile.identity.OwnerTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Disks as qcow2 files, made by qemu-img. A file cannot carry an owner, so its owner is a record beside it, written first:
 * a file without a record is not ours, a record without a file is a disk that was not finished.
 */
public final class QcowDiskStore implements DiskStore {
    private static final String DISK = ".qcow2";

    /** Where a qcow2 header holds the size of the disk. */
    private static final int SIZE_OFFSET = 24;

    /** Where it holds place and length of the backing file's name. */
    private static final int BACKING_OFFSET = 8;

    private final Path folder;
    private final Commands commands;

    /**
     * A store.
     *
     * @param folder where the disks lie; owned by the user that QEMU runs as
     * @param commands runs qemu-img
     */
    public QcowDiskStore(Path folder, Commands commands) {
        this.folder = folder;
        this.commands = commands;
    }

    @Override
    public Optional<ObservedDisk> find(String volumeId) throws IOException {
        var file = file(volumeId);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(new ObservedDisk(file, virtualSize(file), owner(volumeId)));
    }

    @Override
    public Optional<OwnerTag> owner(String volumeId) throws IOException {
        var record = record(volumeId);
        return Files.exists(record) ? OwnerTag.parse(Files.readString(record)) : Optional.empty();
    }

    @Override
    public Map<String, OwnerTag> owners() throws IOException {
        var found = new HashMap<String, OwnerTag>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*" + DISK)) {
                for (var file : files) {
                    var name = file.getFileName().toString();
                    var volumeId = name.substring(0, name.length() - DISK.length());
                    owner(volumeId).ifPresent(owner -> found.put(volumeId, owner));
                }
            }
        }
        return found;
    }

    @Override
    public void createEmpty(String volumeId, long sizeBytes, OwnerTag owner) throws IOException {
        create(volumeId, List.of(), sizeBytes, owner);
    }

    @Override
    public void cloneImage(String volumeId, Path image, String imageFormat, long sizeBytes, OwnerTag owner)
            throws IOException {
        create(volumeId, List.of("-b", image.toString(), "-F", imageFormat), sizeBytes, owner);
    }

    /** QEMU locks parts of what it has open, so a lock of the whole is refused meanwhile. */
    @Override
    public boolean isHeld(String volumeId) throws IOException {
        try (var channel = FileChannel.open(file(volumeId), StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        }
    }

    /** Killed in between, both records stand, and the disk still has the id and the owner that it had, or has the new ones. */
    @Override
    public void adopt(String unknown, String volumeId, OwnerTag owner) throws IOException {
        record(volumeId, owner);
        Files.move(file(unknown), file(volumeId), StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(record(unknown));
    }

    @Override
    public void grow(String volumeId, long sizeBytes) throws IOException {
        commands.require(Command.of(
                "qemu-img", "resize", "-q", "-f", "qcow2", file(volumeId).toString(), Long.toString(sizeBytes)));
    }

    @Override
    public boolean anyClonedFrom(Path images) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.newDirectoryStream(folder, "*" + DISK)) {
            for (var file : files) {
                if (backingFile(file).filter(image -> image.startsWith(images)).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void delete(String volumeId) throws IOException {
        Files.deleteIfExists(file(volumeId));
        Files.deleteIfExists(partial(volumeId));
        Files.deleteIfExists(record(volumeId));
    }

    private void create(String volumeId, List<String> options, long sizeBytes, OwnerTag owner) throws IOException {
        Files.createDirectories(folder);
        record(volumeId, owner);
        var partial = partial(volumeId);
        var arguments = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2"));
        arguments.addAll(options);
        arguments.addAll(List.of(partial.toString(), Long.toString(sizeBytes)));
        try {
            commands.require(Command.of(arguments.toArray(String[]::new)));
            Files.move(partial, file(volumeId), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Whole or not at all: of half a record nobody could tell whose disk it is, and a full disk makes halves. */
    private void record(String volumeId, OwnerTag owner) throws IOException {
        var partial = partial(volumeId);
        try {
            Files.writeString(partial, owner.toString());
            Files.move(partial, record(volumeId), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private Path file(String volumeId) {
        return folder.resolve(volumeId + DISK);
    }

    private Path partial(String volumeId) {
        return folder.resolve(volumeId + ".partial");
    }

    private Path record(String volumeId) {
        return folder.resolve(volumeId + ".owner");
    }

    private static Optional<Path> backingFile(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var place = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
            channel.read(place, BACKING_OFFSET);
            place.flip();
            var offset = place.getLong();
            var name = ByteBuffer.allocate(place.getInt());
            channel.read(name, offset);
            return offset == 0 ? Optional.empty() : Optional.of(Path.of(new String(name.array(), UTF_8)));
        }
    }

    /** Read from the header: qemu-img would want a lock that a running machine holds. */
    private static long virtualSize(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var start = in.readNBytes(SIZE_OFFSET + Long.BYTES);
            if (start.length < SIZE_OFFSET + Long.BYTES) {
                throw new IOException(file + " is not a qcow2 file");
            }
            return ByteBuffer.wrap(start).getLong(SIZE_OFFSET);
        }
    }
}
