/** Addresses as objects: claimed once, kept for life, given back at the end, whoever holds them. */
@NullMarked
package io.minicloud.controller.address;

import org.jspecify.annotations.NullMarked;
