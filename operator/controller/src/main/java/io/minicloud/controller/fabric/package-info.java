/** The network of a VPC as host objects: written, compared and removed. */
@NullMarked
package io.minicloud.controller.fabric;

import org.jspecify.annotations.NullMarked;
