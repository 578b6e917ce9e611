/** Listener: whether it may be, and whether the nodes of its load balancer have it. */
@NullMarked
package io.minicloud.controller.elbv2.listener;

import org.jspecify.annotations.NullMarked;
