/** {@code HostNetwork}: a VPC on this machine. Alone writes the router's links, rules, leases and names. */
@NullMarked
package io.minicloud.agent.hostnetwork;

import org.jspecify.annotations.NullMarked;
