package io.minicloud.agent.hostimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.disk.QcowDiskStore;
import io.minicloud.agent.image.ImagePart;
import io.minicloud.agent.image.ImageRefusedException;
import io.minicloud.agent.image.ImageStore;
import io.minicloud.agent.image.StoredPart;
import io.minicloud.agent.process.CommandResult;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostImageReconcilerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final Path NOWHERE = Path.of("/nonexistent");

    private final RefusingStore images = new RefusingStore();

    @Test
    void refusedBytesOfAUrlAreNotFetchedAgainUntilTheSpecChanges() throws Exception {
        var image = image("http://images.test/a.raw", null);
        settle(image);
        assertThat(accepted(image)).isEqualTo("ChecksumMismatch");
        int fetched = images.fetched.size();

        settle(image);
        assertThat(images.fetched).hasSize(fetched);

        image.getMetadata().setGeneration(2L);
        settle(image);
        assertThat(images.fetched).hasSizeGreaterThan(fetched);
    }

    @Test
    void aFileIsLookedAtAgain() throws Exception {
        var image = image(null, "a.raw");
        settle(image);
        int looked = images.fetched.size();

        settle(image);

        assertThat(images.fetched).hasSizeGreaterThan(looked);
    }

    private void settle(HostImage image) throws Exception {
        var disks = new QcowDiskStore(NOWHERE, command -> new CommandResult(0, "", ""));
        new Agent()
                .settle(executor -> FakeFramework.keep(
                        image,
                        new HostImageReconciler(images, disks, executor, CLOCK).reconcile(image, FakeContext.of())));
    }

    private static HostImage image(@Nullable String url, @Nullable String file) {
        var part = new HostImageSpec.Part(url, file, "0".repeat(64));
        return FakeFramework.object(
                new HostImage(), "ami-1", new HostImageSpec("ami-1", "raw", part, null, null, null));
    }

    private static String accepted(HostImage image) {
        return image.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals("Accepted"))
                .map(Condition::reason)
                .findFirst()
                .orElseThrow();
    }

    /** Finds every file to have other bytes than those named. */
    private static final class RefusingStore implements ImageStore {
        private final List<ImagePart> fetched = new ArrayList<>();

        @Override
        public Optional<StoredPart> find(String imageId, ImagePart part) {
            return Optional.empty();
        }

        @Override
        public StoredPart store(String imageId, ImagePart part) throws ImageRefusedException {
            fetched.add(part);
            throw new ImageRefusedException(ImageRefusedException.Reason.ChecksumMismatch, "other bytes");
        }

        @Override
        public List<String> imageIds() {
            return List.of();
        }

        @Override
        public Path folder(String imageId) {
            return NOWHERE.resolve(imageId);
        }

        @Override
        public void remove(String imageId) {
            throw new UnsupportedOperationException(imageId);
        }
    }
}
