/** Vpc: its default security group and network ACL, its networks on the hosts, its deletion. */
@NullMarked
package io.minicloud.controller.ec2.vpc;

import org.jspecify.annotations.NullMarked;
