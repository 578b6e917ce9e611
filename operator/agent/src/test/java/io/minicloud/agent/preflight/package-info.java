/** Tests of what the agent says of its machine. */
@NullMarked
package io.minicloud.agent.preflight;

import org.jspecify.annotations.NullMarked;
