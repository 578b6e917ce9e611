package io.minicloud.controller.s3.bucket;

/** Whose a bucket is, seen from one object. */
sealed interface Ownership {
    /** It carries this object's tag. */
    record Own() implements Ownership {}

    /** This object made it and was interrupted before it could tag it: nobody's tag, empty. */
    record Unfinished() implements Ownership {}

    /** An object of the same account that is no more left it behind: this object may take it over, data and all. */
    record Retained() implements Ownership {}

    /** There is none and this object may make it. */
    record Free() implements Ownership {}

    /** It was this object's and is gone. */
    record Missing() implements Ownership {}

    /**
     * It is somebody else's, or somebody else asked first.
     *
     * @param reason the reason for the condition
     * @param message what is known of whose it is
     */
    record Refused(BucketReason reason, String message) implements Ownership {}
}
