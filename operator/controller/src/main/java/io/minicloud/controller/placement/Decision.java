package io.minicloud.controller.placement;

/** Where an instance goes, or why it cannot go anywhere now. */
public sealed interface Decision {
    /**
     * It goes here.
     *
     * @param host the name of the host
     */
    record Placed(String host) implements Decision {}

    /**
     * No host has room now; it may be asked again at any time.
     *
     * @param message what each host lacks, for a person
     */
    record NoRoom(String message) implements Decision {}
}
