/** {@code HostAppliance}: what sits in a VPC and is no virtual machine. Takes the other ends of its ENIs' ports; alone forwards. */
@NullMarked
package io.minicloud.agent.hostappliance;

import org.jspecify.annotations.NullMarked;
