/** Ids, ARNs, names on a machine and owner tags: all derived, never random. */
@NullMarked
package io.minicloud.reconcile.identity;

import org.jspecify.annotations.NullMarked;
