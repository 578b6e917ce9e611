package io.minicloud.app.install;

/** Nothing was written, and nothing will be until someone acts; the message says what to do. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
