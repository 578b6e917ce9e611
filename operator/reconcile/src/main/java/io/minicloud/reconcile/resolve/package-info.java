/** What following a reference can come to, as a value. */
@NullMarked
package io.minicloud.reconcile.resolve;

import org.jspecify.annotations.NullMarked;
