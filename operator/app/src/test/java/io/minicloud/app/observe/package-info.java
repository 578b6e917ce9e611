/** Tests of how the program is seen from outside. */
@NullMarked
package io.minicloud.app.observe;

import org.jspecify.annotations.NullMarked;
