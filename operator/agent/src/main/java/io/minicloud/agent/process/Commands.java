package io.minicloud.agent.process;

/** Runs programs on this machine. */
public interface Commands {
    /**
     * Runs a program to its end.
     *
     * @param command the program
     * @return how it ended, whatever the exit code
     * @throws CommandFailedException when it could not be started or did not end in time
     */
    CommandResult run(Command command);

    /**
     * Runs a program that must succeed.
     *
     * @param command the program
     * @return what it printed
     * @throws CommandFailedException when it could not be started, did not end in time or exited with another code than 0
     */
    default String require(Command command) {
        var result = run(command);
        if (!result.succeeded()) {
            throw new CommandFailedException(
                    command,
                    "exit code " + result.exitCode() + ": " + result.stderr().strip());
        }
        return result.stdout();
    }
}
