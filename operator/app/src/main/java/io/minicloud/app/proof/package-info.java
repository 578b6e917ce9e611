/** Whether packets flow in a VPC, as {@code helm test} asks; no brain, and ends when it knows. */
@NullMarked
package io.minicloud.app.proof;

import org.jspecify.annotations.NullMarked;
