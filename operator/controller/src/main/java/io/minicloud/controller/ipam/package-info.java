/** Arithmetic of IPv4 ranges and the choice of free addresses. Pure. */
@NullMarked
package io.minicloud.controller.ipam;

import org.jspecify.annotations.NullMarked;
