package io.minicloud.agent.hostdisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.disk.ObservedDisk;
import io.minicloud.agent.hostdisk.DiskPlanner.Adoption;
import io.minicloud.agent.hostdisk.DiskPlanner.Source;
import io.minicloud.agent.hostdisk.DiskPlanner.Step;
import io.minicloud.agent.hostdisk.DiskPlanner.Wish;
import io.minicloud.reconcile.identity.OwnerTag;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiskPlannerTest {
    private static final OwnerTag OWNER = new OwnerTag("installation", "minicloud-host-a", "hostdisk", "uid");
    private static final Path FILE = Path.of("/disks/vol-1.qcow2");

    @Test
    void makesWhatIsNotThere() {
        assertThat(DiskPlanner.plan(wish(10, false), Optional.empty())).isEqualTo(new Step.Create());
    }

    @Test
    void makesNothingInPlaceOfWhatIsGone() {
        var wish = new Wish(OWNER, 10, null, false, null, FILE.toString());

        assertThat(DiskPlanner.plan(wish, Optional.empty())).isInstanceOfSatisfying(Step.Wait.class, wait -> {
            assertThat(wait.reason()).isEqualTo(HostDiskReason.DiskMissing);
            assertThat(wait.message()).contains(FILE.toString(), "mount");
        });
        assertThat(DiskPlanner.plan(wish, disk(10))).isEqualTo(new Step.Nothing());
    }

    @Test
    void refusesADiskSmallerThanItsImage() {
        var wish = new Wish(OWNER, 10, new Source(Path.of("/image"), "raw", 11), false, null, null);

        assertThat(reason(DiskPlanner.plan(wish, Optional.empty()))).isEqualTo(HostDiskReason.ImageUnfit);
    }

    @Test
    void growsWhenNoMachineHoldsIt() {
        assertThat(DiskPlanner.plan(wish(10, true), disk(10))).isEqualTo(new Step.Nothing());
        assertThat(DiskPlanner.plan(wish(11, false), disk(10))).isEqualTo(new Step.Grow());
        assertThat(DiskPlanner.plan(wish(11, true), disk(10))).isInstanceOf(Step.Wait.class);
        assertThat(reason(DiskPlanner.plan(wish(9, false), disk(10)))).isEqualTo(HostDiskReason.CannotShrink);
    }

    @Test
    void neverTouchesWhatIsSomeoneElses() {
        var foreign = Optional.of(new ObservedDisk(FILE, 5, Optional.empty()));

        assertThat(reason(DiskPlanner.plan(wish(10, false), foreign))).isEqualTo(HostDiskReason.NameTaken);
    }

    @Test
    void adoptsWhatBelongsToNobodyInPlaceOfANewOne() {
        assertThat(adopt(new Adoption("vol-b", unknown(10), false, false))).isEqualTo(new Step.Adopt("vol-b"));
        assertThat(adopt(new Adoption("vol-b", unknown(9), false, false))).isEqualTo(new Step.Adopt("vol-b"));
        assertThat(adopt(new Adoption("vol-b", unknown(10), false, true))).isInstanceOf(Step.Wait.class);
        assertThat(reason(adopt(new Adoption("vol-b", unknown(11), false, false))))
                .isEqualTo(HostDiskReason.CannotShrink);
    }

    @Test
    void neverAdoptsWhatIsNotThereOrHasAnOwner() {
        var foreign = Optional.of(new ObservedDisk(FILE, 5, Optional.empty()));

        assertThat(List.of(
                        new Adoption("vol-b", Optional.empty(), false, false),
                        new Adoption("vol-b", foreign, false, false),
                        new Adoption("vol-b", unknown(10), true, false)))
                .extracting(adoption -> reason(adopt(adoption)))
                .containsOnly(HostDiskReason.NotAdoptable);
    }

    @Test
    void adoptsNothingWhereADiskIsAlready() {
        var wish = new Wish(OWNER, 10, null, false, new Adoption("vol-b", unknown(10), false, false), null);

        assertThat(DiskPlanner.plan(wish, disk(10))).isEqualTo(new Step.Nothing());
    }

    private static Step adopt(Adoption adoption) {
        return DiskPlanner.plan(new Wish(OWNER, 10, null, false, adoption, null), Optional.empty());
    }

    private static Optional<ObservedDisk> unknown(long size) {
        return Optional.of(new ObservedDisk(
                FILE, size, Optional.of(new OwnerTag("lab", "minicloud-host-lab", "hostdisk", "gone"))));
    }

    private static HostDiskReason reason(Step step) {
        assertThat(step).isInstanceOf(Step.Refuse.class);
        return ((Step.Refuse) step).reason();
    }

    private static Wish wish(long size, boolean inUse) {
        return new Wish(OWNER, size, null, inUse, null, null);
    }

    private static Optional<ObservedDisk> disk(long size) {
        return Optional.of(new ObservedDisk(FILE, size, Optional.of(OWNER)));
    }
}
