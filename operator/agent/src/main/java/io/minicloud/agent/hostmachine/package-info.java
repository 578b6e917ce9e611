/** {@code HostMachine}: a virtual machine of this host and its power. */
@NullMarked
package io.minicloud.agent.hostmachine;

import org.jspecify.annotations.NullMarked;
