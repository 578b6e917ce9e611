package io.minicloud.controller.objectstore;

/** The engine cannot be reached, does not answer in time or says that it cannot work now. Transient. */
public final class ObjectStoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An outage.
     *
     * @param message what was tried and what came of it
     */
    public ObjectStoreUnavailableException(String message) {
        super(message);
    }
}
