/** Subnet: which ranges are accepted, what is free in them, its deletion. */
@NullMarked
package io.minicloud.controller.ec2.subnet;

import org.jspecify.annotations.NullMarked;
