/**
 * The proxy of an appliance: HAProxy 3.0 in a container that shares the appliance's network namespace. Its configuration is rendered from the
 * spec, changed without loss, and what it finds of the targets is read back.
 */
@NullMarked
package io.minicloud.agent.proxy;

import org.jspecify.annotations.NullMarked;
