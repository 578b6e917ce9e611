/** What every kind that a load balancer touches knows of it: its names, its nodes, and where it is found. */
@NullMarked
package io.minicloud.controller.loadbalancing;

import org.jspecify.annotations.NullMarked;
