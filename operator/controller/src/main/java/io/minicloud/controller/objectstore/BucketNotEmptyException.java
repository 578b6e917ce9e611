package io.minicloud.controller.objectstore;

/** A bucket cannot be removed while it holds an object, a version or a delete marker. */
public final class BucketNotEmptyException extends ObjectStoreException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused removal.
     *
     * @param bucket the name
     */
    public BucketNotEmptyException(String bucket) {
        super("BucketNotEmpty", "bucket " + bucket + " is not empty");
    }
}
