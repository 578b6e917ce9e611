/** Which network interface is attached to which instance: what both sides must agree on. */
@NullMarked
package io.minicloud.controller.attachment;

import org.jspecify.annotations.NullMarked;
