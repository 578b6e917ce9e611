/** A stage for reconcilers without an API server: what they are given, and where their agent dies. */
@NullMarked
package io.minicloud.agent.stage;

import org.jspecify.annotations.NullMarked;
