/** The host API: what one machine must look like. Written by the controller, made true by the agent. */
@NullMarked
package io.minicloud.api.host;

import org.jspecify.annotations.NullMarked;
