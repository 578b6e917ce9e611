/** What happened to an object, told to people as Kubernetes events: the difference between two statuses. */
@NullMarked
package io.minicloud.reconcile.event;

import org.jspecify.annotations.NullMarked;
