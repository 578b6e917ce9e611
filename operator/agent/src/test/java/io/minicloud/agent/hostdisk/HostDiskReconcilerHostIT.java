package io.minicloud.agent.hostdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
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
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostDiskSpec;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageSpec;
import io.minicloud.api.host.HostImageStatus;
import io.minicloud.reconcile.condition.Conditions;
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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks by the real qemu-img, with an agent that dies between any two steps. */
class HostDiskReconcilerHostIT {
    private static final String VOLUME = "vol-00000000000000001";
    private static final String UNKNOWN = "vol-00000000000000002";
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
        reconcile(disk);
        commands.clear();

        reconcile(disk);

        assertThat(commands.all()).isEmpty();
    }

    @Test
    void aDiskThatWasNotFinishedIsMadeAndAlsoRemoved() throws Exception {
        beginADisk();
        var disk = disk(1);
        reconcile(disk);
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

    @Test
    void inPlaceOfADiskThatIsGoneNothingIsMadeUntilItIsBack() throws Exception {
        var disk = disk(1);
        reconcile(disk);
        var away = Files.move(settings.diskFolder(), home.resolve("unmounted"));

        reconcile(disk);
        reconcile(disk);

        assertThat(disk.getStatus().state()).isEqualTo("failed");
        assertThat(Conditions.find(disk.getStatus(), "Ready").orElseThrow())
                .satisfies(condition -> assertThat(condition.reason()).isEqualTo("DiskMissing"))
                .satisfies(condition -> assertThat(condition.message()).contains(VOLUME + ".qcow2", "mount"));
        assertThat(settings.diskFolder()).doesNotExist();

        Files.move(away, settings.diskFolder());
        reconcile(disk);
        assertThat(disk.getStatus().state()).isEqualTo("available");
        assertThat(firstBytes()).isEqualTo(nonce);
    }

    private void reconcile(HostDisk disk) throws Exception {
        new Agent()
                .settle(executor ->
                        FakeFramework.keep(disk, reconciler(executor).reconcile(disk, context())));
    }

    @Test
    void aCrashInTheMiddleOfAnAdoptionIsSurvived() throws Exception {
        assertThat(CrashPoints.survivedIn(this::adoption))
                .containsExactly("adopt disk " + UNKNOWN + " as " + VOLUME, "grow disk " + VOLUME);
    }

    @Test
    void anAdoptionWaitsForTheProcessThatHoldsTheDisk() throws Exception {
        loseADisk();
        var disk = disk(1);
        var file = settings.diskFolder().resolve(UNKNOWN + ".qcow2");
        var holder = new ProcessBuilder("qemu-io", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().until(() -> disks.isHeld(UNKNOWN));
            new Agent()
                    .settle(executor ->
                            FakeFramework.keep(disk, reconciler(executor).reconcile(disk, adopting())));
            assertThat(Conditions.find(disk.getStatus(), "Programmed").orElseThrow())
                    .satisfies(condition -> assertThat(condition.reason()).isEqualTo("AwaitingMachineStop"))
                    .satisfies(condition -> assertThat(condition.message()).contains(UNKNOWN));
            assertThat(file).exists();
        } finally {
            holder.destroyForcibly().waitFor();
        }

        new Agent()
                .settle(executor ->
                        FakeFramework.keep(disk, reconciler(executor).reconcile(disk, adopting())));

        assertThat(firstBytes()).isEqualTo(nonce);
        assertThat(files()).containsExactly(VOLUME + ".owner", VOLUME + ".qcow2");
    }

    @Test
    void theDiskOfAnotherObjectIsNotAdopted() throws Exception {
        loseADisk();
        var disk = disk(1);
        var owner = FakeFramework.object(new HostDisk(), UNKNOWN, spec(1));

        new Agent()
                .settle(executor -> FakeFramework.keep(
                        disk, reconciler(executor).reconcile(disk, FakeContext.among(List.of(owner), image, host()))));

        assertThat(Conditions.find(disk.getStatus(), "Accepted").orElseThrow().reason())
                .isEqualTo("NotAdoptable");
        assertThat(files()).containsExactly(UNKNOWN + ".owner", UNKNOWN + ".qcow2");
    }

    private List<Object> adoption(Agent agent) throws Exception {
        loseADisk();
        var disk = disk(2);
        agent.settle(executor -> FakeFramework.keep(disk, reconciler(executor).reconcile(disk, adopting())));
        var result = List.of(disk.getStatus(), firstBytes(), files());
        new Agent()
                .settle(executor ->
                        reconciler(executor).cleanup(disk, context()).isRemoveFinalizer());
        return List.copyOf(result);
    }

    /** What is left of a disk whose object etcd has forgotten. */
    private void loseADisk() throws IOException {
        var part = images.find("ami-1", new ImagePart("disk", "raw", "a.raw", null, Sha256.hex(nonce)))
                .orElseThrow();
        var owner = new OwnerTag("lab", "minicloud-host-lab", "hostdisk", "uid-of-" + UNKNOWN);
        disks.cloneImage(UNKNOWN, part.path(), "raw", 1L << 30, owner);
    }

    private Context<HostDisk> adopting() {
        return FakeContext.of(host());
    }

    private static Host host() {
        var host = new Host();
        host.setMetadata(new ObjectMetaBuilder()
                .withName("lab")
                .addToAnnotations(Labels.ADOPT + UNKNOWN, "team/web-root")
                .build());
        return host;
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
        var disk = FakeFramework.object(new HostDisk(), VOLUME, spec(gib));
        disk.getMetadata().setLabels(Map.of(Labels.OWNER_NAMESPACE, "team"));
        disk.getMetadata().setAnnotations(Map.of(Labels.OWNER_NAME, "web-root"));
        return disk;
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
