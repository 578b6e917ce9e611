package io.minicloud.agent.hostimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.disk.QcowDiskStore;
import io.minicloud.agent.image.FolderImageStore;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.agent.stage.RecordingCommands;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageSpec;
import io.minicloud.reconcile.identity.Sha256;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in a real folder, with an agent that dies between any two steps. */
class HostImageReconcilerHostIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    private final String nonce = UUID.randomUUID().toString();
    private final RecordingCommands commands = new RecordingCommands();

    @TempDir
    private Path home;

    private FolderImageStore images;

    @BeforeEach
    void makeSources() throws IOException {
        var sources = Files.createDirectory(home.resolve("images"));
        Files.writeString(sources.resolve("vmlinuz"), nonce);
        Files.writeString(sources.resolve("initramfs"), nonce + nonce);
        images = new FolderImageStore(home.resolve("store"), sources, "100.64.0.0/16", 1L << 20, commands);
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() throws Exception {
        assertThat(CrashPoints.survivedIn(this::story))
                .containsExactly("store kernel of image ami-1", "store initramfs of image ami-1", "remove image ami-1");
    }

    @Test
    void atRestNoProgramIsRunAndNoFileIsRead() throws Exception {
        var image = image();
        settle(new Agent(), image);
        commands.clear();
        // Whoever fetched again would now find other bytes.
        Files.writeString(home.resolve("images/vmlinuz"), "other bytes");

        settle(new Agent(), image);

        assertThat(commands.all()).isEmpty();
        assertThat(image.getStatus().state()).isEqualTo("available");
    }

    private List<Object> story(Agent agent) throws Exception {
        var image = image();
        settle(agent, image);
        var stored = List.of(image.getStatus(), files());
        agent.settle(executor ->
                reconciler(executor).cleanup(image, FakeContext.of()).isRemoveFinalizer());
        return List.of(stored, files());
    }

    private void settle(Agent agent, HostImage image) throws Exception {
        agent.settle(executor -> FakeFramework.keep(image, reconciler(executor).reconcile(image, FakeContext.of())));
    }

    private HostImageReconciler reconciler(PlanExecutor executor) {
        return new HostImageReconciler(images, new QcowDiskStore(home.resolve("disks"), commands), executor, CLOCK);
    }

    private HostImage image() {
        var kernel = new HostImageSpec.Part(null, "vmlinuz", Sha256.hex(nonce));
        var initramfs = new HostImageSpec.Part(null, "initramfs", Sha256.hex(nonce + nonce));
        return FakeFramework.object(
                new HostImage(), "ami-1", new HostImageSpec("ami-1", "kernel", null, kernel, initramfs, null));
    }

    /** Paths, permissions and bytes. */
    private List<String> files() throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(home.resolve("store"))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.add(home.relativize(file) + " "
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + " "
                        + Files.readString(file));
            }
        }
        return found;
    }
}
