package io.minicloud.agent.hostdisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.disk.QcowDiskStore;
import io.minicloud.agent.image.FolderImageStore;
import io.minicloud.agent.image.ImagePart;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.agent.stage.RecordingCommands;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostDiskSpec;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageSpec;
import io.minicloud.api.host.HostImageStatus;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.identity.Sha256;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks by the real qemu-img, with an agent that dies between any two steps. */
class HostDiskReconcilerHostIT {
    private static final String VOLUME = "vol-00000000000000001";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    private final String nonce = UUID.randomUUID().toString();
    private final RecordingCommands commands = new RecordingCommands();

    @TempDir
    private Path home;

    private AgentSettings settings;
    private QcowDiskStore disks;
    private FolderImageStore images;
    private HostImage image;

    @BeforeEach
    void storeAnImage() throws Exception {
        settings = new AgentSettings(
                "lab", "lab", home, home.resolve("images"), home.resolve("disks"), home.resolve("run"), "", "");
        disks = new QcowDiskStore(settings.diskFolder(), commands);
        images = new FolderImageStore(
                home.resolve("store"), settings.imageFolder(), "100.64.0.0/16", 1L << 30, commands);
        Files.createDirectories(settings.imageFolder());
        Files.writeString(settings.imageFolder().resolve("a.raw"), nonce);
        var part = new HostImageSpec.Part(null, "a.raw", Sha256.hex(nonce));
        image = FakeFramework.object(
                new HostImage(), "ami-1", new HostImageSpec("ami-1", "raw", part, null, null, null));
        image.setStatus(new HostImageStatus(
                List.of(new Condition("Ready", "True", 1L, CLOCK.instant().toString(), "Stored", "")),
                1L,
                "available",
                1L));
        images.store("ami-1", new ImagePart("disk", "raw", "a.raw", null, Sha256.hex(nonce)));
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() throws Exception {
        assertThat(CrashPoints.survivedIn(this::story))
                .containsExactly("create disk " + VOLUME, "grow disk " + VOLUME, "delete disk " + VOLUME);
    }

    @Test
    void atRestNoProgramIsRun() throws Exception {
        var disk = disk(1);
        new Agent()
                .settle(executor ->
                        FakeFramework.keep(disk, reconciler(executor).reconcile(disk, context())));
        commands.clear();

        new Agent()
                .settle(executor ->
                        FakeFramework.keep(disk, reconciler(executor).reconcile(disk, context())));

        assertThat(commands.all()).isEmpty();
    }

    @Test
    void aDiskThatWasNotFinishedIsMadeAndAlsoRemoved() throws Exception {
        beginADisk();
        var disk = disk(1);
        new Agent()
                .settle(executor ->
                        FakeFramework.keep(disk, reconciler(executor).reconcile(disk, context())));
        assertThat(firstBytes()).isEqualTo(nonce);
        new Agent()
                .settle(executor ->
                        reconciler(executor).cleanup(disk, context()).isRemoveFinalizer());
        assertThat(files()).isEmpty();

        beginADisk();
        new Agent()
                .settle(executor ->
                        reconciler(executor).cleanup(disk, context()).isRemoveFinalizer());
        assertThat(files()).isEmpty();
    }

    /** What a kill in the middle of the making leaves behind. */
    private void beginADisk() throws IOException {
        Files.createDirectories(settings.diskFolder());
        var owner = new OwnerTag("lab", "minicloud-host-lab", "hostdisk", "uid-of-" + VOLUME);
        Files.writeString(settings.diskFolder().resolve(VOLUME + ".owner"), owner.toString());
        Files.writeString(settings.diskFolder().resolve(VOLUME + ".partial"), "half a header");
    }

    private List<Object> story(Agent agent) throws Exception {
        var disk = disk(1);
        agent.settle(executor -> FakeFramework.keep(disk, reconciler(executor).reconcile(disk, context())));
        var made = List.of(disk.getStatus(), firstBytes(), files());
        disk.setSpec(spec(2));
        disk.getMetadata().setGeneration(2L);
        agent.settle(executor -> FakeFramework.keep(disk, reconciler(executor).reconcile(disk, context())));
        var grown = List.of(disk.getStatus(), firstBytes(), files());
        agent.settle(executor -> reconciler(executor).cleanup(disk, context()).isRemoveFinalizer());
        return List.of(made, grown, files());
    }

    private HostDiskReconciler reconciler(PlanExecutor executor) {
        return new HostDiskReconciler(disks, images, executor, settings, CLOCK);
    }

    private Context<HostDisk> context() {
        return FakeContext.of(image);
    }

    private static HostDisk disk(int gib) {
        return FakeFramework.object(new HostDisk(), VOLUME, spec(gib));
    }

    private static HostDiskSpec spec(int gib) {
        return new HostDiskSpec(VOLUME, gib, "ami-1", "Delete");
    }

    private String firstBytes() throws IOException {
        var raw = home.resolve("back.raw");
        commands.require(Command.of(
                "qemu-img",
                "convert",
                "-f",
                "qcow2",
                "-O",
                "raw",
                settings.diskFolder().resolve(VOLUME + ".qcow2").toString(),
                raw.toString()));
        try (var bytes = Files.newInputStream(raw)) {
            return new String(bytes.readNBytes(nonce.length()));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(settings.diskFolder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
