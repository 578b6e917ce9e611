/** {@code HostDisk}: a disk of this host. */
@NullMarked
package io.minicloud.agent.hostdisk;

import org.jspecify.annotations.NullMarked;
