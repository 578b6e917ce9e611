package io.minicloud.agent.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minicloud.agent.disk.QcowDiskStore;
import io.minicloud.agent.image.ImageRefusedException.Reason;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.reconcile.identity.OwnerTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and disks with the real qemu-img: honest ones are kept and cloned, hostile ones are refused and harm nothing. */
class FolderImageStoreHostIT {
    private static final long MIB = 1 << 20;
    private static final OwnerTag OWNER = new OwnerTag("installation", "minicloud-host-a", "hostdisk", "uid");

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final String nonce = UUID.randomUUID().toString();

    @TempDir
    private Path folder;

    private Path sources;
    private FolderImageStore images;

    @BeforeEach
    void makeStore() throws IOException {
        sources = Files.createDirectory(folder.resolve("sources"));
        images = new FolderImageStore(folder.resolve("store"), sources, "100.64.0.0/16", 64 * MIB, commands);
    }

    @Test
    void keepsAnImageAndClonesDisksThatHoldItsBytes() throws Exception {
        Files.writeString(sources.resolve("a.raw"), nonce);
        qemuImg("convert", "-f", "raw", "-O", "qcow2", source("a.raw"), source("a.qcow2"));
        var part = part("qcow2", "a.qcow2");
        var stored = images.store("ami-1", part);
        Files.delete(sources.resolve("a.qcow2"));

        assertThat(images.find("ami-1", part)).contains(stored);
        assertThat(images.store("ami-1", part)).as("stored once").isEqualTo(stored);

        var disks = new QcowDiskStore(folder.resolve("disks"), commands);
        disks.cloneImage("vol-1", stored.path(), "qcow2", 8 * MIB, OWNER);
        disks.grow("vol-1", 16 * MIB);
        var disk = disks.find("vol-1").orElseThrow();
        assertThat(disk.virtualSizeBytes()).isEqualTo(16 * MIB);
        assertThat(disk.owner()).contains(OWNER);
        assertThat(disks.anyClonedFrom(images.folder("ami-1"))).isTrue();
        qemuImg("convert", "-f", "qcow2", "-O", "raw", disk.path().toString(), source("back.raw"));
        try (var bytes = Files.newInputStream(sources.resolve("back.raw"))) {
            assertThat(new String(bytes.readNBytes(nonce.length()))).isEqualTo(nonce);
        }

        disks.delete("vol-1");
        assertThat(disks.find("vol-1")).isEmpty();
        assertThat(disks.anyClonedFrom(images.folder("ami-1"))).isFalse();
        images.remove("ami-1");
        assertThat(images.find("ami-1", part)).isEmpty();
    }

    @Test
    void refusesOtherBytesThanThoseNamed() throws IOException {
        Files.writeString(sources.resolve("a.raw"), nonce);

        assertThat(refusal(new ImagePart("disk", "raw", "a.raw", null, "0".repeat(64))))
                .isEqualTo(Reason.ChecksumMismatch);
        assertThat(folder.resolve("store/ami-1")).isEmptyDirectory();
    }

    @Test
    void refusesBackingFilesDataFilesAndEncryption() throws Exception {
        qemuImg("create", "-f", "qcow2", "-u", "-b", "/etc/shadow", "-F", "raw", source("backed.qcow2"), "1M");
        qemuImg("create", "-f", "qcow2", "-o", "data_file=" + source("data"), source("external.qcow2"), "1M");
        // Not LUKS: qemu-img measures the processor to make its key, and gives up on a busy machine.
        qemuImg(
                "create",
                "-f",
                "qcow2",
                "--object",
                "secret,id=s,data=x",
                "-o",
                "encrypt.format=aes,encrypt.key-secret=s",
                source("encrypted.qcow2"),
                "1M");

        assertThat(refusal(part("qcow2", "backed.qcow2"))).isEqualTo(Reason.HostileImage);
        assertThat(refusal(part("qcow2", "external.qcow2"))).isEqualTo(Reason.HostileImage);
        assertThat(refusal(part("qcow2", "encrypted.qcow2"))).isEqualTo(Reason.HostileImage);
    }

    @Test
    void refusesBombsAndWhatIsNotAsDeclared() throws Exception {
        qemuImg("create", "-f", "qcow2", source("bomb.qcow2"), "1T");
        Files.writeString(sources.resolve("text"), nonce);
        qemuImg("create", "-f", "raw", source("large.raw"), "65M");

        assertThat(refusal(part("qcow2", "bomb.qcow2"))).isEqualTo(Reason.TooLarge);
        assertThat(refusal(part("qcow2", "text"))).isEqualTo(Reason.FormatMismatch);
        assertThat(refusal(part("raw", "large.raw"))).isEqualTo(Reason.TooLarge);
    }

    @Test
    void refusesToLeaveTheImageFolder() throws IOException {
        var outside = Files.writeString(folder.resolve("outside"), nonce);
        Files.createSymbolicLink(sources.resolve("link"), outside);
        Files.createSymbolicLink(sources.resolve("up"), folder);

        for (var name : new String[] {"link", "../outside", "up/outside", outside.toString(), "."}) {
            assertThat(refusal(new ImagePart("disk", "raw", name, null, sum(outside))))
                    .as(name)
                    .isEqualTo(Reason.ForbiddenSource);
        }
    }

    @Test
    void refusesAddressesWhereNoTenantMayReach() {
        for (var url : new String[] {
            "http://127.0.0.1/x",
            "http://localhost/x",
            "http://[::1]/x",
            "http://169.254.169.254/latest",
            "http://100.64.3.4/x",
            "http://0.0.0.0/x",
            "http://[::ffff:127.0.0.1]/x",
            "file:///etc/shadow",
            "ftp://192.0.2.1/x"
        }) {
            assertThat(refusal(new ImagePart("disk", "raw", null, url, "0".repeat(64))))
                    .as(url)
                    .isEqualTo(Reason.ForbiddenSource);
        }
    }

    private @Nullable Reason refusal(ImagePart part) {
        var refused = catchThrowableOfType(ImageRefusedException.class, () -> images.store("ami-1", part));
        return refused == null ? null : refused.reason();
    }

    private ImagePart part(String format, String file) throws IOException {
        return new ImagePart("disk", format, file, null, sum(sources.resolve(file)));
    }

    private static String sum(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String source(String name) {
        return sources.resolve(name).toString();
    }

    private void qemuImg(String... arguments) {
        var command = new java.util.ArrayList<>(java.util.List.of("qemu-img"));
        command.addAll(java.util.List.of(arguments));
        commands.require(Command.of(command.toArray(String[]::new)));
    }
}
