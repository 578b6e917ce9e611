package io.minicloud.controller.ec2.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.VolumeSpec;
import io.minicloud.api.ec2.VolumeStatus;
import io.minicloud.api.host.HostDiskSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumePlannerTest {
    /** Where the data is it stays, wherever the instance goes. */
    @ParameterizedTest(name = "volume on {0}, instance on {1}: {2}")
    @CsvSource({",,", ",tower,tower", "attic,,attic", "attic,tower,attic"})
    void aVolumeLiesWhereItsDataIsAndBeforeThatWhereItsInstanceIs(String data, String instance, String expected) {
        assertThat(VolumePlanner.host(volume(data), Optional.of(instance(instance))))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aVolumeThatWasNeverPlacedAndIsAttachedToNothingLiesNowhere() {
        assertThat(VolumePlanner.host(volume(null), Optional.empty())).isEmpty();
        assertThat(VolumePlanner.host(volume("attic"), Optional.empty())).hasValue("attic");
    }

    @Test
    void theDiskIsACopyOfTheImageAndPointsBack() {
        var volume = volume("tower");
        var id = VolumePlanner.volumeId(volume);

        var disk = VolumePlanner.plan(volume, "tower", "ami-1");

        assertThat(id).matches("vol-[0-9a-f]{17}");
        assertThat(disk.getMetadata().getNamespace()).isEqualTo("minicloud-host-tower");
        assertThat(disk.getMetadata().getName()).isEqualTo(id);
        assertThat(disk.getMetadata().getLabels()).containsEntry("minicloud.io/owner-uid", "uid-1");
        assertThat(disk.getSpec()).isEqualTo(new HostDiskSpec(id, 8, "ami-1", "Retain"));
    }

    @Test
    void anEmptyDiskIsACopyOfNothing() {
        assertThat(VolumePlanner.plan(volume("tower"), "tower", null).getSpec().hostImageName())
                .isNull();
    }

    private static Volume volume(String host) {
        var volume = new Volume();
        volume.getMetadata().setNamespace("lab");
        volume.getMetadata().setName("web-root");
        volume.getMetadata().setUid("uid-1");
        volume.setSpec(new VolumeSpec(
                "home-1a",
                8,
                "gp3",
                null,
                List.of(new VolumeSpec.Attachment(new LocalRef("web"), "/dev/xvda")),
                "Retain",
                null));
        if (host != null) {
            volume.setStatus(new VolumeStatus(List.of(), 1L, null, null, "in-use", host));
        }
        return volume;
    }

    private static Instance instance(String host) {
        var instance = new Instance();
        if (host != null) {
            instance.setStatus(new InstanceStatus(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    new InstanceStatus.Placement("home-1a", host),
                    null));
        }
        return instance;
    }
}
