/** The difference between objects that should be there and objects that are, as a plan. */
@NullMarked
package io.minicloud.controller.change;

import org.jspecify.annotations.NullMarked;
