/** Public addresses: the pools that they come from, and what each is associated with. */
@NullMarked
package io.minicloud.controller.publicaddress;

import org.jspecify.annotations.NullMarked;
