/** Which host takes an instance: a pure choice, and the memory of what was promised but is not yet seen in a cache. */
@NullMarked
package io.minicloud.controller.placement;

import org.jspecify.annotations.NullMarked;
