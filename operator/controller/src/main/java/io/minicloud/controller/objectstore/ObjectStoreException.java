package io.minicloud.controller.objectstore;

/** The engine answered, and refused. */
public class ObjectStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A refusal.
     *
     * @param code the engine's error code, e.g. {@code BucketNotEmpty}
     * @param message what was refused and why
     */
    public ObjectStoreException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The engine's error code. */
    public String code() {
        return code;
    }
}
