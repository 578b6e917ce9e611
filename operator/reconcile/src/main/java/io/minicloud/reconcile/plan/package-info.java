/** Plans as values and the one executor that runs them, with a checkpoint between actions. */
@NullMarked
package io.minicloud.reconcile.plan;

import org.jspecify.annotations.NullMarked;
