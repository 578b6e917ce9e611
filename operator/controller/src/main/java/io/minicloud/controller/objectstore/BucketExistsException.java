package io.minicloud.controller.objectstore;

/** A bucket of this name is there already, whosever it is. */
public final class BucketExistsException extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused creation.
     *
     * @param bucket the name
     */
    public BucketExistsException(String bucket) {
        super("BucketAlreadyExists", "bucket " + bucket + " exists already");
    }
}
