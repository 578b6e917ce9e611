/** NetworkInterface: its address, MAC and groups, and its port on a host. */
@NullMarked
package io.minicloud.controller.ec2.networkinterface;

import org.jspecify.annotations.NullMarked;
