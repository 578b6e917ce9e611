package io.minicloud.agent.process;

/** A program could not be started, did not end in time or failed. Transient. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param command the program; its input is not repeated, it may be secret
     * @param why what went wrong
     */
    public CommandFailedException(Command command, String why) {
        super(String.join(" ", command.arguments()) + ": " + why);
    }
}
