package io.minicloud.controller.ec2.instance;

/** Why a condition of an Instance is as it is; where AWS has an error code for it, that code. */
enum InstanceReason {
    /** The spec makes sense and what it names exists. */
    Valid,
    /** There is no image of that name. */
    ImageNotFound,
    /** The image can never be launched from. */
    ImageFailed,
    /** The image is not checked yet. */
    ImagePending,
    /** There is no instance type of that name. */
    InstanceTypeNotFound,
    /** It names no subnet, and the account has no default VPC. */
    VPCIdNotSpecified,
    /** It names no subnet, and the default VPC has none of its own. */
    MissingInput,
    /** There is no security group of that name. */
    SecurityGroupNotFound,
    /** The root volume is smaller than the image or has no size. */
    InvalidBlockDeviceMapping,
    /** An object of the name of a child exists and belongs to someone else. */
    NameTaken,
    /** No host has room; it starts by itself when there is. */
    InsufficientInstanceCapacity,
    /** No public address is free; it starts by itself when there is one. */
    InsufficientAddressCapacity,
    /** Stopping is refused: disableApiStop is set. */
    OperationNotPermitted,
    /** The change needs a stopped instance. */
    IncorrectInstanceState,
    /** More interfaces are attached than the type allows. */
    AttachmentLimitExceeded,
    /** The network interface has no address yet. */
    NetworkInterfacePending,
    /** The network interface was not accepted. */
    NetworkInterfaceNotAccepted,
    /** The root volume does not exist yet. */
    VolumePending,
    /** A host object is not yet as planned. */
    Pending,
    /** Every host object is as planned. */
    Programmed,
    /** The machine ended though nobody asked for that, and is started again: EC2's automatic instance recovery. */
    AutomaticRecovery,
    /** The guest stands still, because its host's disk is full. */
    HostDiskFull,
    /** The machine runs and its ports are programmed. */
    Running,
    /** The machine is stopped, as wanted. */
    Stopped,
    /** The guest shut itself down; any change of the spec, or stopping and starting, starts it again. */
    InstanceInitiatedShutdown,
    /** It is going. */
    ShuttingDown
}
