package io.minicloud.agent.hypervisor;

/** The hypervisor could not be reached or refused. Transient. */
public final class HypervisorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what was tried, and why it failed
     * @param cause what went wrong
     */
    public HypervisorException(String message, Throwable cause) {
        super(message, cause);
    }
}
