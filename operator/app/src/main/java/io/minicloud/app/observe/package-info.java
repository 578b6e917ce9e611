/** How the program is seen from outside: readiness and metrics. */
@NullMarked
package io.minicloud.app.observe;

import org.jspecify.annotations.NullMarked;
