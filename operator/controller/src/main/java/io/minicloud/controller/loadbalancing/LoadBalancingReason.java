package io.minicloud.controller.loadbalancing;

/**
 * The reasons of the conditions of target groups, listeners and rules, in AWS's words where it has any.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html">Errors of CreateListener</a>
 */
public enum LoadBalancingReason {
    /** The object may be as it was asked for. */
    Accepted,
    /** Every node of the load balancer has it. */
    Programmed,
    /** No listener and no rule uses the target group. */
    NotInUse,
    /** There is no load balancer of that name. */
    LoadBalancerNotFound,
    /** The load balancer is not accepted yet, or has no node yet. */
    LoadBalancerPending,
    /** There is no listener of that name, or it is on its way out. */
    ListenerNotFound,
    /** The listener is not in effect itself. */
    ListenerNotAccepted,
    /** There is no target group of that name, or it is on its way out. */
    TargetGroupNotFound,
    /** The target group has no VPC yet. */
    TargetGroupPending,
    /** Another listener of the load balancer has the port. */
    DuplicateListener,
    /** The load balancer has as many listeners as it may. */
    TooManyListeners,
    /** Another rule of the listener has the priority. */
    PriorityInUse,
    /** The load balancer has as many rules as it may. */
    TooManyRules,
    /** The account has as many target groups as it may. */
    TooManyTargetGroups,
    /** The load balancer has as many target groups as it may. */
    TooManyUniqueTargetGroupsPerLoadBalancer,
    /** The load balancer has as many targets as it may. */
    TooManyTargets,
    /** The target group belongs to another load balancer. */
    TargetGroupAssociationLimit,
    /** Listener, rule and target group do not go together. */
    InvalidConfigurationRequest,
    /** The load balancer is of the other type. */
    UnsupportedProtocol,
    /** A target is not there, or not in the VPC. */
    InvalidTarget,
    /** There is no certificate of that name. */
    CertificateNotFound,
    /** The certificate is not issued yet. */
    CertificatePending,
    /** A node has not yet got it. */
    AwaitingHost,
    /** Deletion waits for those that forward to it. */
    ResourceInUse,
    /** The rules of a listener go with it. */
    RemovingRules
}
