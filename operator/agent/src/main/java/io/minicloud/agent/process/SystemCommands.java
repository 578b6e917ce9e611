package io.minicloud.agent.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs programs with {@link ProcessBuilder}. Output is read while the program runs, so a full pipe never blocks it. */
public final class SystemCommands implements Commands {
    /**
     * Goes to the root of every hierarchy (one since cgroup v2) and becomes the program. What a container runtime ends and
     * what it denies, it finds by control group.
     */
    private static final String LEAVE_CONTROL_GROUPS = """
            groups=/sys/fs/cgroup
            [ -e $groups/cgroup.procs ] || groups="$groups/*"
            for procs in $groups/cgroup.procs; do echo $$ >"$procs"; done
            exec "$@"
            """;

    private final MachineView machine;

    // One virtual thread a stream: they only wait, and end with the program.
    private final Executor readers =
            task -> Thread.ofVirtual().name("command-output").start(task);

    /**
     * Commands of a machine.
     *
     * @param machine from where it is seen
     */
    public SystemCommands(MachineView machine) {
        this.machine = machine;
    }

    @Override
    public CommandResult run(Command command) {
        var process = start(command);
        try {
            var stdout = CompletableFuture.supplyAsync(read(process.getInputStream()), readers);
            var stderr = CompletableFuture.supplyAsync(read(process.getErrorStream()), readers);
            feed(process.getOutputStream(), command.stdinBytes());
            if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CommandFailedException(command, "did not end within " + command.timeout());
            }
            // A child that it left behind may hold the pipes open: what it printed itself is there by now.
            return new CommandResult(process.exitValue(), await(stdout), await(stderr));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(command, "interrupted");
        } catch (TimeoutException e) {
            throw new CommandFailedException(command, "ended, but something it started keeps its output open");
        } finally {
            kill(process);
        }
    }

    private Process start(Command command) {
        var program = new ArrayList<String>();
        if (command.unconfined()) {
            program.addAll(List.of("sh", "-c", LEAVE_CONTROL_GROUPS, "sh"));
        }
        program.addAll(command.arguments());
        try {
            return new ProcessBuilder(machine.enter(program)).start();
        } catch (IOException e) {
            throw new CommandFailedException(command, "cannot be started: " + e.getMessage());
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void feed(OutputStream stream, byte[] input) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            // It ended without reading all: its exit code tells whether that was an error.
        }
    }

    private static Supplier<String> read(InputStream stream) {
        return () -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static String await(CompletableFuture<String> output) throws InterruptedException, TimeoutException {
        try {
            return output.get(2, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return "";
        }
    }
}
