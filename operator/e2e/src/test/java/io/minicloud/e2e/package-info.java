/** Stories of the whole, with the commands and the clients that a person uses. */
@NullMarked
package io.minicloud.e2e;

import org.jspecify.annotations.NullMarked;
