package io.minicloud.agent.image;

/** An image can never be used as it is; only another file, sum or declaration helps. */
public final class ImageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * A refusal.
     *
     * @param message with the remedy
     */
    public ImageRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Why an image is refused. */
    public enum Reason {
        /** Its bytes are not those that were named. */
        ChecksumMismatch,
        /** Its place is outside the image folder or an address that must not be asked. */
        ForbiddenSource,
        /** It is larger than this host accepts, or its disk is. */
        TooLarge,
        /** It is not what it was declared to be. */
        FormatMismatch,
        /** It names other files, or is encrypted. */
        HostileImage
    }
}
