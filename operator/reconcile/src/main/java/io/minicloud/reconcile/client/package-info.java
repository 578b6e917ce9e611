/** The Kubernetes client as both brains use it. */
@NullMarked
package io.minicloud.reconcile.client;

import org.jspecify.annotations.NullMarked;
