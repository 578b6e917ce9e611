package io.minicloud.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SystemCommandsTest {
    private final Commands commands = new SystemCommands(MachineView.direct());

    @Test
    void givesOutputErrorsAndExitCode() {
        var result =
                commands.run(Command.of("sh", "-c", "cat; echo bad >&2; exit 3").withStdin("nonce"));

        assertThat(result).isEqualTo(new CommandResult(3, "nonce", "bad\n"));
    }

    @Test
    void readsMoreThanAPipeHolds() {
        var result = commands.run(Command.of("sh", "-c", "head -c 1000000 /dev/zero"));

        assertThat(result.stdout()).hasSize(1_000_000);
    }

    @Test
    void killsWhatDoesNotEnd() {
        var forever = Command.of("sh", "-c", "sleep 1000 & wait").withTimeout(Duration.ofMillis(200));

        assertThatThrownBy(() -> commands.run(forever))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("did not end within");
    }

    @Test
    void namesAProgramThatIsNotThere() {
        assertThatThrownBy(() -> commands.run(Command.of("no-such-program")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no-such-program: cannot be started");
    }

    @Test
    void requireTellsWhatTheProgramComplainedOf() {
        assertThatThrownBy(() -> commands.require(Command.of("sh", "-c", "echo no space >&2; exit 1")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageEndingWith("exit code 1: no space");
    }
}
