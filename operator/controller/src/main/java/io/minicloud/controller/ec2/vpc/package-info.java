/** Vpc: its default security group, its networks on the hosts, its deletion. */
@NullMarked
package io.minicloud.controller.ec2.vpc;

import org.jspecify.annotations.NullMarked;
