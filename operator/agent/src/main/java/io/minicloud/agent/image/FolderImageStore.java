package io.minicloud.agent.image;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/**
 * Keeps each image in a folder of its own. A part is copied beside its final name while its sum is made, checked, made
 * read-only and only then renamed: what has the final name is complete and was checked, whenever the agent died.
 */
public final class FolderImageStore implements ImageStore {
    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final ImageSources sources;
    private final long maxBytes;
    private final Commands commands;

    /**
     * A store.
     *
     * @param folder where checked images are kept
     * @param imageFolder where images named by file lie
     * @param serviceCidr the installation's service range, which is never fetched from
     * @param maxBytes the largest file and the largest disk that is accepted
     * @param commands runs qemu-img
     */
    public FolderImageStore(Path folder, Path imageFolder, String serviceCidr, long maxBytes, Commands commands) {
        this(folder, new ImageSources(imageFolder, http(serviceCidr, new SystemOutside())), maxBytes, commands);
    }

    FolderImageStore(Path folder, ImageSources sources, long maxBytes, Commands commands) {
        this.folder = folder;
        this.sources = sources;
        this.maxBytes = maxBytes;
        this.commands = commands;
    }

    private static HttpSource http(String serviceCidr, Outside outside) {
        var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return new HttpSource(new SourceAddresses(serviceCidr, outside), outside, tls);
    }

    @Override
    public Optional<StoredPart> find(String imageId, ImagePart part) throws IOException {
        var file = path(imageId, part);
        return Files.exists(file) ? Optional.of(new StoredPart(file, virtualSize(file, part))) : Optional.empty();
    }

    @Override
    public StoredPart store(String imageId, ImagePart part) throws IOException, ImageRefusedException {
        var stored = find(imageId, part);
        if (stored.isPresent()) {
            return stored.get();
        }
        var target = path(imageId, part);
        Files.createDirectories(target.getParent());
        var partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            copy(part, partial);
            check(part, partial);
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        return new StoredPart(target, virtualSize(target, part));
    }

    @Override
    public List<String> imageIds() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .map(found -> found.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Path folder(String imageId) {
        return folder.resolve(imageId);
    }

    @Override
    public void remove(String imageId) throws IOException {
        var own = folder(imageId);
        if (!Files.isDirectory(own)) {
            return;
        }
        try (var files = Files.newDirectoryStream(own)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(own);
    }

    /** The sum is part of the name: a changed spec never meets the bytes of the old one. */
    private Path path(String imageId, ImagePart part) {
        return folder.resolve(imageId).resolve(part.role() + "-" + part.sha256());
    }

    private void copy(ImagePart part, Path target) throws IOException, ImageRefusedException {
        Files.deleteIfExists(target);
        var digest = sha256();
        try (var in = new DigestInputStream(sources.open(part), digest);
                var out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            var buffer = new byte[BUFFER];
            var total = 0L;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > maxBytes) {
                    throw new ImageRefusedException(
                            Reason.TooLarge, "it has more than the " + maxBytes + " bytes that are accepted");
                }
                out.write(buffer, 0, read);
            }
        }
        var sum = HexFormat.of().formatHex(digest.digest());
        if (!sum.equals(part.sha256())) {
            throw new ImageRefusedException(
                    Reason.ChecksumMismatch, part.role() + " has the SHA-256 " + sum + ", not " + part.sha256());
        }
    }

    private void check(ImagePart part, Path file) throws IOException, ImageRefusedException {
        if (!part.format().equals("qcow2")) {
            return;
        }
        QcowHeader.check(start(file), maxBytes);
        // A second opinion from the program that will open it; told the format, it probes nothing.
        var info = commands.run(Command.of("qemu-img", "info", "-f", "qcow2", "--output=json", file.toString()));
        if (!info.succeeded()) {
            throw new ImageRefusedException(
                    Reason.FormatMismatch, "qemu-img: " + info.stderr().strip());
        }
        if (info.stdout().contains("\"backing-filename\"") || info.stdout().contains("\"data-file\"")) {
            throw new ImageRefusedException(Reason.HostileImage, "qemu-img says that it names another file");
        }
    }

    private long virtualSize(Path file, ImagePart part) throws IOException {
        if (!part.format().equals("qcow2")) {
            return Files.size(file);
        }
        try {
            return QcowHeader.check(start(file), Long.MAX_VALUE).virtualSize();
        } catch (ImageRefusedException e) {
            throw new IOException("a stored image has changed: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ByteBuffer.wrap(in.readNBytes(QcowHeader.MAX_BYTES));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
