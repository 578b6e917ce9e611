/** Tests of the agent's side of {@code Host}. */
@NullMarked
package io.minicloud.agent.host;

import org.jspecify.annotations.NullMarked;
