/**
 * A VPC on this machine: one network namespace that is its router and its switch. Plain records say what is wanted and
 * what is there, a pure planner orders the difference, narrow adapters speak to iproute2 and nftables.
 */
@NullMarked
package io.minicloud.agent.network;

import org.jspecify.annotations.NullMarked;
