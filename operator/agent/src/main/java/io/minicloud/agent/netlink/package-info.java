/** What the kernel itself tells of changes to networks, so that what somebody takes away by hand is back soon. */
@NullMarked
package io.minicloud.agent.netlink;

import org.jspecify.annotations.NullMarked;
