/** How often a failed reconciliation is tried again: for ever, with capped back-off. */
@NullMarked
package io.minicloud.reconcile.retry;

import org.jspecify.annotations.NullMarked;
