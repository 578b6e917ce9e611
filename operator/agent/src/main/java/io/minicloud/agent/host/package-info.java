/** The agent's side of {@code Host}: what this machine has, whether it can run machines, and a heartbeat. */
@NullMarked
package io.minicloud.agent.host;

import org.jspecify.annotations.NullMarked;
