/** What every pass of every reconciler has around it: its transitions are told, its failures stand in the status, and who wrote looks again. */
@NullMarked
package io.minicloud.reconcile.supervision;

import org.jspecify.annotations.NullMarked;
