/** LoadBalancer: in each of its subnets a node, which is a network interface, a public address and an appliance on a host. */
@NullMarked
package io.minicloud.controller.elbv2.loadbalancer;

import org.jspecify.annotations.NullMarked;
