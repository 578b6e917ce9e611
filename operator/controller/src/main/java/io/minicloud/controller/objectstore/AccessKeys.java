package io.minicloud.controller.objectstore;

/** The access keys of the engine, each limited to one bucket. Bounded and failing as {@link ObjectStore} does. */
public interface AccessKeys {
    /**
     * Whether a key is accepted and limited to exactly this bucket.
     *
     * @param key the pair
     * @param bucket the bucket; it need not exist
     */
    boolean works(AccessKey key, String bucket);

    /**
     * Makes a key work for one bucket and for nothing else. Another secret under the same id, and whatever was derived
     * from it, works no longer.
     *
     * @param key the pair
     * @param bucket the bucket; it need not exist
     */
    void put(AccessKey key, String bucket);

    /**
     * Makes a key work for putting objects below a folder of a bucket, and for nothing else, not even for reading them.
     *
     * @param key the pair
     * @param bucket the bucket; it need not exist
     * @param folder what the names of the objects begin with, with its last slash
     */
    void putWriter(AccessKey key, String bucket, String folder);

    /** Takes a key away; one that is gone already is success. */
    void revoke(String accessKeyId);
}
