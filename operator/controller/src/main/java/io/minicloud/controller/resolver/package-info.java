/** The only place that follows references between resources, and the maps from an event to whom it concerns. */
@NullMarked
package io.minicloud.controller.resolver;

import org.jspecify.annotations.NullMarked;
