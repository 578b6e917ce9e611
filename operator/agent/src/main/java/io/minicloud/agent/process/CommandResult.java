package io.minicloud.agent.process;

/**
 * How a program ended.
 *
 * @param exitCode 0 for success
 * @param stdout what it printed
 * @param stderr what it complained of
 */
public record CommandResult(int exitCode, String stdout, String stderr) {
    /** Whether the program says that it succeeded. */
    public boolean succeeded() {
        return exitCode == 0;
    }
}
