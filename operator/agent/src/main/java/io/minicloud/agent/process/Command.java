package io.minicloud.agent.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program to run to its end. Arguments are seen by every user of the machine: secrets go through {@code stdin}.
 *
 * @param arguments the program and its arguments; no shell is involved
 * @param stdin what the program reads; empty for nothing
 * @param timeout after which the program is killed
 * @param unconfined whether it runs outside of the control groups of this process, so that it outlives the agent's
 *     container and may use the machine's devices
 */
public record Command(List<String> arguments, String stdin, Duration timeout, boolean unconfined) {
    /** Long enough for a tool that changes the kernel on a busy machine. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

    /** Keeps an immutable copy of the arguments. */
    public Command {
        arguments = List.copyOf(arguments);
    }

    /** A program with its arguments, no input and the default timeout. */
    public static Command of(String... arguments) {
        return new Command(List.of(arguments), "", DEFAULT_TIMEOUT, false);
    }

    /** The same command in a named network namespace, or itself when the namespace is null. */
    public Command inNamespace(@Nullable String namespace) {
        if (namespace == null) {
            return this;
        }
        var inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(arguments);
        return new Command(inside, stdin, timeout, unconfined);
    }

    /** The same command with this input. */
    public Command withStdin(String input) {
        return new Command(arguments, input, timeout, unconfined);
    }

    /** The same command with this timeout. */
    public Command withTimeout(Duration limit) {
        return new Command(arguments, stdin, limit, unconfined);
    }

    /** The same command outside of the control groups of this process: for daemons, and for what needs a device. */
    public Command asUnconfined() {
        return new Command(arguments, stdin, timeout, true);
    }

    byte[] stdinBytes() {
        return stdin.getBytes(StandardCharsets.UTF_8);
    }
}
