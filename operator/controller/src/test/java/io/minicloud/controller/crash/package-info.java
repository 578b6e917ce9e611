/** Kills the controller after everything it does, and lets two of them race: the same end each time. */
@NullMarked
package io.minicloud.controller.crash;

import org.jspecify.annotations.NullMarked;
