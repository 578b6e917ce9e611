/** Which brains run in this process, with which credential, and who else may not run beside them. */
@NullMarked
package io.minicloud.app.role;

import org.jspecify.annotations.NullMarked;
