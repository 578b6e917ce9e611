package io.minicloud.agent.hostnetwork;

/** Told of routers: what listens inside one (the metadata service) begins and ends with it. */
public interface RouterLife {
    /** The router of a VPC is there; said at every pass. */
    void present(String vpcId);

    /** The router of a VPC is about to go. */
    void leaving(String vpcId);
}
