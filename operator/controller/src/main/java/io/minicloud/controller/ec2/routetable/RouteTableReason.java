package io.minicloud.controller.ec2.routetable;

/** The reasons of a RouteTable's conditions. */
public enum RouteTableReason {
    /** The table is as it was asked for. */
    Accepted,
    /** No subnet has the table. */
    NoSubnets,
    /** A host is not told of the routes as they are now. */
    RoutesPending,
    /** The table is in force, and what one of its routes leads to is not there: what goes there is dropped. */
    Blackhole
}
