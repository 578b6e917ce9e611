package io.minicloud.controller.ec2.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.ImageSpec;
import io.minicloud.api.ec2.ImageStatus;
import io.minicloud.api.host.HostImage;
import io.minicloud.api.host.HostImageStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states are those of AWS: pending, available, failed. */
class ImageStatusFactoryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final long GIB = 1L << 30;

    private final ImageStatusFactory statuses = new ImageStatusFactory(CLOCK, "home-1");
    private final Image image = image();

    @Test
    void itWaitsForAHost() {
        assertThat(told(List.of())).containsExactly("pending", "True Valid", "False NoHost", "False Pending");
    }

    @Test
    void itWaitsForTheCheck() {
        assertThat(told(List.of("tower"))).containsExactly("pending", "True Valid", "False Pending", "False Pending");
        assertThat(told(List.of("tower"), pending("tower")))
                .containsExactly("pending", "True Valid", "False Pending", "False Pending");
    }

    @Test
    void itSaysWhatEachHostSays() {
        var status = statuses.of(
                image,
                ImagePlanner.plan(image, List.of("attic", "shed", "tower")),
                List.of(pending("attic"), available("shed", GIB)));

        assertThat(status.conditions().get(1).message()).isEqualTo("host attic: Fetching; host tower: no answer yet");
    }

    @Test
    void oneHostThatHasItIsEnoughToLaunch() {
        assertThat(told(List.of("tower"), available("tower", 3 * GIB)))
                .containsExactly("available", "True Valid", "True Programmed", "True Available");
        assertThat(told(List.of("attic", "tower"), pending("attic"), available("tower", 3 * GIB)))
                .containsExactly("available", "True Valid", "False Pending", "True Available");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"ChecksumMismatch, ChecksumMismatch", "BackingFile, InvalidImage", "TooLarge, InvalidImage"})
    void whatAHostRefusesHasFailed(String onHost, String reason) {
        var told = told(List.of("attic", "tower"), available("attic", GIB), refused("tower", onHost, 1L));

        assertThat(told).containsExactly("failed", "False " + reason, "False " + reason, "False Failed");
    }

    @Test
    void aRefusalOfAnEarlierSpecIsNotHeard() {
        assertThat(told(List.of("tower"), refused("tower", "ChecksumMismatch", 0L)))
                .containsExactly("pending", "True Valid", "False Pending", "False Pending");
    }

    @ParameterizedTest(name = "{0} bytes: {1} GiB")
    @CsvSource({"1, 1", "1073741824, 1", "1073741825, 2", "2500000000, 3", "0,", ",", "-1,"})
    void theRootVolumeIsAsLargeAsTheImageInWholeGibibytes(Long bytes, Integer size) {
        var observed = available("tower", bytes);

        var status = statuses.of(image, ImagePlanner.plan(image, List.of("tower")), List.of(observed));

        assertThat(status.rootVolumeSizeGiB()).isEqualTo(size);
    }

    @Test
    void whatItWasItIsWhileItGoes() {
        image.setStatus(
                statuses.of(image, ImagePlanner.plan(image, List.of("tower")), List.of(available("tower", 3 * GIB))));

        var status = statuses.deleting(image, ImageReason.DependencyViolation, "web");

        assertThat(status.state()).isEqualTo("available");
        assertThat(status.rootVolumeSizeGiB()).isEqualTo(3);
        assertThat(status.conditions())
                .extracting(Condition::reason)
                .containsExactly("Valid", "DependencyViolation", "DependencyViolation");
    }

    @Test
    void outsideOfAnAccountNothingIsTrue() {
        var status = statuses.notAccepted(image, ImageReason.InvalidImage, "no account");

        assertThat(status.conditions()).extracting(Condition::status).containsOnly("False");
        assertThat(status.arn()).isEqualTo("arn:aws:ec2:home-1::image/" + status.imageId());
    }

    /** The state, then status and reason of Accepted, Programmed and Ready. */
    private List<String> told(List<String> hosts, HostImage... observed) {
        ImageStatus status = statuses.of(image, ImagePlanner.plan(image, hosts), List.of(observed));
        var conditions = status.conditions().stream()
                .map(condition -> condition.status() + " " + condition.reason())
                .toList();
        return Stream.concat(Stream.of(status.state()), conditions.stream()).toList();
    }

    private HostImage pending(String host) {
        return observed(host, new Condition("Programmed", "False", 1L, "", "Fetching", ""), "pending", null);
    }

    private HostImage available(String host, Long bytes) {
        return observed(host, new Condition("Programmed", "True", 1L, "", "Stored", ""), "available", bytes);
    }

    private HostImage refused(String host, String reason, long generation) {
        return observed(host, new Condition("Accepted", "False", generation, "", reason, "why"), "failed", null);
    }

    private HostImage observed(String host, Condition condition, String state, Long bytes) {
        var found = ImagePlanner.plan(image, List.of(host)).getFirst();
        found.getMetadata().setGeneration(1L);
        found.setStatus(new HostImageStatus(List.of(condition), 1L, state, bytes));
        return found;
    }

    private static Image image() {
        var image = new Image();
        image.getMetadata().setNamespace("lab");
        image.getMetadata().setName("debian");
        image.getMetadata().setUid("uid-1");
        image.getMetadata().setGeneration(1L);
        image.setSpec(new ImageSpec(
                "x86_64", "qcow2", new ImageSpec.Source(null, "debian.qcow2", "a".repeat(64)), null, null));
        return image;
    }
}
