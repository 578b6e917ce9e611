/** {@code HostInterface}: the port of an ENI. Alone makes, moves, attaches and removes it. */
@NullMarked
package io.minicloud.agent.hostinterface;

import org.jspecify.annotations.NullMarked;
