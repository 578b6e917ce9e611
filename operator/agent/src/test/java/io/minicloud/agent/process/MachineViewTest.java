package io.minicloud.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineViewTest {
    private static final Path FILE = Path.of("/run/netns/mc-vpc");

    @Test
    void onTheMachineNothingIsTranslated() {
        var machine = MachineView.direct();

        assertThat(machine.resolve(FILE)).isEqualTo(FILE);
        assertThat(machine.enter(List.of("ip", "link"))).containsExactly("ip", "link");
    }

    @Test
    void outOfAContainerFilesAndProgramsAreThoseOfAProcessOfTheMachine() {
        var machine = MachineView.byWayOf(1);

        assertThat(machine.resolve(FILE)).isEqualTo(Path.of("/proc/1/root/run/netns/mc-vpc"));
        assertThat(machine.enter(List.of("ip", "link")))
                .containsExactly("nsenter", "--target=1", "--mount", "--", "ip", "link");
    }
}
