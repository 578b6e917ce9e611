/** AddressPool: which ranges public addresses are given out from, what is free in them, its deletion. */
@NullMarked
package io.minicloud.controller.ec2.addresspool;

import org.jspecify.annotations.NullMarked;
