/** Prefix lists as those that name them see them: their ranges, and who names which. */
@NullMarked
package io.minicloud.controller.prefixlist;

import org.jspecify.annotations.NullMarked;
