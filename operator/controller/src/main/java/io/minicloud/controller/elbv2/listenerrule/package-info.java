/** ListenerRule: whether it may be, and whether the nodes of its load balancer have it. */
@NullMarked
package io.minicloud.controller.elbv2.listenerrule;

import org.jspecify.annotations.NullMarked;
