package io.minicloud.controller.ec2.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.Condition;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.VolumeSpec;
import io.minicloud.api.ec2.VolumeStatus;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostDiskStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states are those of AWS: creating, available, in-use, deleting, error. */
class VolumeStatusFactoryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    private final VolumeStatusFactory statuses = new VolumeStatusFactory(CLOCK, "home-1");

    @ParameterizedTest(name = "disk {0}, attached {1}: {2} {3}")
    @CsvSource({
        "available, true, in-use, InUse",
        "available, false, available, Available",
        "creating, true, creating, Creating",
        "failed, true, error, Failed",
        ", true, creating, Creating"
    })
    void theStateFollowsTheDisk(String disk, boolean attached, String state, String reason) {
        var volume = volume(attached);
        var desired = VolumePlanner.plan(volume, "tower", null);

        var status =
                statuses.of(volume, "111122223333", "tower", desired, disk == null ? null : observed(volume, disk));

        assertThat(status.state()).isEqualTo(state);
        assertThat(status.host()).isEqualTo("tower");
        assertThat(status.arn()).isEqualTo("arn:aws:ec2:home-1:111122223333:volume/" + status.volumeId());
        assertThat(reasons(status))
                .containsExactly("Valid", reason.matches("InUse|Available") ? "Programmed" : reason, reason);
    }

    @Test
    void aDiskOfAnotherSizeIsNotYetAsPlanned() {
        var volume = volume(true);
        var before = observed(volume, "available");
        volume.setSpec(new VolumeSpec("home-1a", 16, "gp3", null, List.of(), "Delete", null));

        var status = statuses.of(volume, "111122223333", "tower", VolumePlanner.plan(volume, "tower", null), before);

        assertThat(status.state()).isEqualTo("creating");
    }

    /** The user of a volume does not see the host's object. */
    @Test
    void whatTheHostSaysIsSaid() {
        var volume = volume(true);
        var desired = VolumePlanner.plan(volume, "tower", null);
        var disk = observed(volume, "creating");
        disk.getStatus()
                .conditions()
                .set(0, new Condition("Programmed", "False", 1L, "2026-11-21T10:00:00Z", "Failed", "no space left"));

        assertThat(statuses.of(volume, "111122223333", "tower", desired, disk).conditions())
                .extracting(Condition::message)
                .containsExactly("", "host tower: Failed: no space left", "host tower: Failed: no space left");
        assertThat(statuses.of(volume, "111122223333", "tower", desired, null).conditions())
                .extracting(Condition::message)
                .containsExactly("", "host tower: no answer yet", "host tower: no answer yet");
    }

    @Test
    void withoutAPlaceItWaits() {
        var status = statuses.unplaced(volume(true), "111122223333");

        assertThat(status.state()).isEqualTo("creating");
        assertThat(status.host()).isNull();
        assertThat(reasons(status)).containsExactly("Valid", "AwaitingPlacement", "AwaitingPlacement");
    }

    @Test
    void whatItHasItKeepsWhenItIsRefusedOrGoes() {
        var volume = volume(true);
        volume.setStatus(statuses.of(
                volume,
                "111122223333",
                "tower",
                VolumePlanner.plan(volume, "tower", null),
                observed(volume, "available")));

        var refused = statuses.refused(volume, VolumeReason.ImageNotFound, "no image");
        var deleting =
                statuses.deleting(volume, VolumeReason.DependencyViolation, "Instance web still uses the volume.");

        assertThat(refused.state()).isEqualTo("in-use");
        assertThat(refused.host()).isEqualTo("tower");
        assertThat(refused.arn()).isEqualTo(volume.getStatus().arn());
        assertThat(reasons(refused)).containsOnly("ImageNotFound");
        assertThat(deleting.state()).isEqualTo("deleting");
        assertThat(deleting.host()).isEqualTo("tower");
        assertThat(reasons(deleting)).containsExactly("Valid", "DependencyViolation", "DependencyViolation");
    }

    @Test
    void anUnchangedWorldGivesAnUnchangedStatus() {
        var volume = volume(true);
        var disk = observed(volume, "available");
        var plan = VolumePlanner.plan(volume, "tower", null);
        volume.setStatus(statuses.of(volume, "111122223333", "tower", plan, disk));
        var later = new VolumeStatusFactory(Clock.offset(CLOCK, Duration.ofHours(1)), "home-1");

        assertThat(later.of(volume, "111122223333", "tower", plan, disk)).isEqualTo(volume.getStatus());
    }

    private static List<String> reasons(VolumeStatus status) {
        return status.conditions().stream().map(Condition::reason).toList();
    }

    private static Volume volume(boolean attached) {
        var volume = new Volume();
        volume.getMetadata().setNamespace("lab");
        volume.getMetadata().setName("web-root");
        volume.getMetadata().setUid("uid-1");
        volume.getMetadata().setGeneration(1L);
        var attachments = attached ? List.of(new VolumeSpec.Attachment(new LocalRef("web"), "/dev/xvda")) : null;
        volume.setSpec(new VolumeSpec("home-1a", 8, "gp3", null, attachments, "Delete", null));
        return volume;
    }

    private static HostDisk observed(Volume volume, String state) {
        var disk = VolumePlanner.plan(volume, "tower", null);
        disk.getMetadata().setGeneration(1L);
        var programmed = state.equals("available") ? "True" : "False";
        disk.setStatus(new HostDiskStatus(
                Arrays.asList(new Condition("Programmed", programmed, 1L, "2026-11-21T10:00:00Z", "Test", "")),
                1L,
                state,
                null,
                null));
        return disk;
    }
}
