package io.minicloud.agent.hostdisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.disk.ObservedDisk;
import io.minicloud.agent.hostdisk.DiskPlanner.Source;
import io.minicloud.agent.hostdisk.DiskPlanner.Step;
import io.minicloud.agent.hostdisk.DiskPlanner.Wish;
import io.minicloud.reconcile.identity.OwnerTag;
import java.nio.file.Path;
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
    void refusesADiskSmallerThanItsImage() {
        var wish = new Wish(OWNER, 10, new Source(Path.of("/image"), "raw", 11), false);

        assertThat(reason(DiskPlanner.plan(wish, Optional.empty()))).isEqualTo(HostDiskReason.ImageUnfit);
    }

    @Test
    void growsWhenNoMachineHoldsIt() {
        assertThat(DiskPlanner.plan(wish(10, true), disk(10))).isEqualTo(new Step.Nothing());
        assertThat(DiskPlanner.plan(wish(11, false), disk(10))).isEqualTo(new Step.Grow());
        assertThat(DiskPlanner.plan(wish(11, true), disk(10))).isEqualTo(new Step.Wait());
        assertThat(reason(DiskPlanner.plan(wish(9, false), disk(10)))).isEqualTo(HostDiskReason.CannotShrink);
    }

    @Test
    void neverTouchesWhatIsSomeoneElses() {
        var foreign = Optional.of(new ObservedDisk(FILE, 5, Optional.empty()));

        assertThat(reason(DiskPlanner.plan(wish(10, false), foreign))).isEqualTo(HostDiskReason.NameTaken);
    }

    private static HostDiskReason reason(Step step) {
        assertThat(step).isInstanceOf(Step.Refuse.class);
        return ((Step.Refuse) step).reason();
    }

    private static Wish wish(long size, boolean inUse) {
        return new Wish(OWNER, size, null, inUse);
    }

    private static Optional<ObservedDisk> disk(long size) {
        return Optional.of(new ObservedDisk(FILE, size, Optional.of(OWNER)));
    }
}
