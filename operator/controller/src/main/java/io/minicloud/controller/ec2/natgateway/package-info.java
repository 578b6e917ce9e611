/** NatGateway: its network interface, its public address and the appliance that it is on a host. */
@NullMarked
package io.minicloud.controller.ec2.natgateway;

import org.jspecify.annotations.NullMarked;
