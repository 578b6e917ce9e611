package io.minicloud.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minicloud.app.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartRulesTest {
    private static final Path HOME = Path.of("/var/lib/minicloud");
    private static final Set<Role> BOTH = Set.of(Role.CONTROLLER, Role.AGENT);

    @Test
    void refusesBothBrainsInOneProcessAgainstACluster() {
        assertThat(StartRules.refusal(BOTH, false, Optional.of("tower"), HOME)).isPresent();
        assertThat(StartRules.refusal(BOTH, true, Optional.of("tower"), HOME)).isEmpty();
    }

    @Test
    void aControllerNeedsNoHostAndAnAgentDoes() {
        assertThat(StartRules.refusal(Set.of(Role.CONTROLLER), false, Optional.empty(), HOME))
                .isEmpty();
        assertThat(StartRules.refusal(Set.of(Role.AGENT), false, Optional.empty(), HOME))
                .isPresent();
        assertThat(StartRules.refusal(Set.of(Role.AGENT), false, Optional.of("Tower!"), HOME))
                .isPresent();
        assertThat(StartRules.refusal(Set.of(Role.AGENT), false, Optional.of("tower"), Path.of("state")))
                .isPresent();
        assertThat(StartRules.refusal(Set.of(), true, Optional.of("tower"), HOME))
                .isPresent();
    }

    @Test
    void oneProcessAStateFolder(@TempDir Path home) throws IOException {
        try (var held = HomeLock.take(home)) {
            assertThat(held).isNotNull();
            assertThatIllegalStateException().isThrownBy(() -> HomeLock.take(home));
        }
        HomeLock.take(home).close();
    }
}
