/** {@code HostImage}: an image fetched and checked on this host. */
@NullMarked
package io.minicloud.agent.hostimage;

import org.jspecify.annotations.NullMarked;
