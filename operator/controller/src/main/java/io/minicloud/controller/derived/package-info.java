/** Objects that the controller derives from others: written when they differ, deleted when they are there. */
@NullMarked
package io.minicloud.controller.derived;

import org.jspecify.annotations.NullMarked;
