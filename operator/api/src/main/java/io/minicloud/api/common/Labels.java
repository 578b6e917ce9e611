package io.minicloud.api.common;

/** The labels and annotations that minicloud writes on objects; everything it creates carries {@link #MANAGED_BY}. */
public final class Labels {
    /** On every object that minicloud makes; the value is {@link #MANAGER}. A Secret without it is never overwritten. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    public static final String MANAGER = "minicloud";

    /** The AWS id of the VPC that a host object or an address set belongs to. */
    public static final String VPC_ID = "minicloud.io/vpc-id";

    /** The lower-case kind of the cloud object that a derived object stands for, e.g. {@code instance}. */
    public static final String OWNER_KIND = "minicloud.io/owner-kind";

    /** The namespace of that cloud object. */
    public static final String OWNER_NAMESPACE = "minicloud.io/owner-namespace";

    /** The name of that cloud object (an annotation: names may be longer than label values). */
    public static final String OWNER_NAME = "minicloud.io/owner-name";

    /** The uid of that cloud object. */
    public static final String OWNER_UID = "minicloud.io/owner-uid";

    /** Begins an annotation of a Host: the id of an unknown disk follows, and the value says which volume adopts it. */
    public static final String ADOPT = "adopt.minicloud.io/";

    /** An annotation of a Bucket: the owner tag of a bucket of the same account that it takes over. */
    public static final String ADOPT_BUCKET = "minicloud.io/adopt";

    /** An annotation of each of our resource definitions: the release that it belongs to, e.g. {@code 0.1.0}. */
    public static final String RELEASE = "minicloud.io/release";

    /** The namespace that marks the installation; its uid is the installation id. */
    public static final String SYSTEM_NAMESPACE = "minicloud-system";

    /** The namespace of the address sets, readable by every agent. */
    public static final String FABRIC_NAMESPACE = "minicloud-fabric";

    /** The namespace of the keys of the accounts' authorities, which only the controller may read. */
    public static final String AUTHORITIES_NAMESPACE = "minicloud-authorities";

    /** A host's namespace is this prefix and the host's name. */
    public static final String HOST_NAMESPACE_PREFIX = "minicloud-host-";

    /** The finalizer that the agent holds on host objects; only the agent removes it. */
    public static final String AGENT_FINALIZER = "agent.minicloud.io/finalizer";

    /** The finalizer that the controller holds on cloud objects. */
    public static final String CONTROLLER_FINALIZER = "controller.minicloud.io/finalizer";

    private Labels() {}
}
