package io.minicloud.controller.elbv2.loadbalancer;

/** The reasons of a LoadBalancer's conditions, in AWS's words where it has any. */
public enum LoadBalancerReason {
    /** The load balancer is as it was asked for. */
    Accepted,
    /** The account has as many of its type as it may. */
    TooManyLoadBalancers,
    /** Two of its subnets are in one Availability Zone, or the bucket of its access logs cannot be used. */
    InvalidConfigurationRequest,
    /** Nodes put their access logs into the bucket. */
    AccessLogsEnabled,
    /** The bucket of the access logs is gone: nothing is delivered. */
    NoSuchBucket,
    /** A subnet is of another VPC or too small, or its VPC has no internet gateway. */
    InvalidSubnet,
    /** No host that serves the zone is ready. */
    InsufficientHostCapacity,
    /** A node has chosen its host; the rest follows when the status says so. */
    RecordingHost,
    /** An object that is not the load balancer's has the name of a node's. */
    NameTaken,
    /** The API server took no object of a node. */
    InternalError,
    /** The network interface of a node is not accepted. */
    NetworkInterfaceNotAccepted,
    /** The network interface of a node has no address, or is not in force, yet. */
    NetworkInterfacePending,
    /** The public address of a node is not there, or not associated, yet. */
    ElasticIpPending,
    /** The host has not yet made the appliance of a node. */
    AwaitingHost,
    /** Every node is in force. */
    Programmed,
    /** A node that goes waits for the host to remove its appliance. */
    RemovingAppliance,
    /** A node that goes waits for its public address. */
    RemovingElasticIp,
    /** A node that goes waits for its network interface. */
    RemovingNetworkInterface,
    /** The listeners go with the load balancer. */
    RemovingListeners
}
