/** What a Host and its heartbeat say to the placement of instances. */
@NullMarked
package io.minicloud.controller.host;

import org.jspecify.annotations.NullMarked;
