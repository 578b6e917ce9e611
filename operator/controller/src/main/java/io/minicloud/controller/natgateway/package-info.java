/** What every kind that a NAT gateway touches knows of it: its id, its network interface, and where it is found. */
@NullMarked
package io.minicloud.controller.natgateway;

import org.jspecify.annotations.NullMarked;
