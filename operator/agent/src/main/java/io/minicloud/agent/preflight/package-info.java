/**
 * Whether this machine can carry a cloud: what it lacks, what stands in the way, and the command that mends it. It looks
 * and tells; it changes nothing.
 */
@NullMarked
package io.minicloud.agent.preflight;

import org.jspecify.annotations.NullMarked;
