/** Manifests at random against the real API server and the running controller. */
@NullMarked
package io.minicloud.app.fuzz;

import org.jspecify.annotations.NullMarked;
