/** Tests of what may run beside what. */
@NullMarked
package io.minicloud.app.role;

import org.jspecify.annotations.NullMarked;
