package io.minicloud.controller.ec2.internetgateway;

/** The reasons of an InternetGateway's conditions. */
public enum InternetGatewayReason {
    /** The gateway is as it was asked for. */
    Accepted,
    /** The gateway is attached to no VPC. */
    Detached,
    /** It is to be detached, and the VPC has public addresses that it maps. */
    DependencyViolation,
    /** A host is not told of the gateway yet. */
    AttachmentPending
}
