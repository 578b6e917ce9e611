/** How the conditions of a status are made from the previous ones and what is known now. */
@NullMarked
package io.minicloud.reconcile.condition;

import org.jspecify.annotations.NullMarked;
