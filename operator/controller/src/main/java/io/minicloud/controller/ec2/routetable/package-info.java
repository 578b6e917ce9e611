/** RouteTable: its routes and the subnets that have it. */
@NullMarked
package io.minicloud.controller.ec2.routetable;

import org.jspecify.annotations.NullMarked;
