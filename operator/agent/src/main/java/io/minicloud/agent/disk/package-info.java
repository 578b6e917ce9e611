/** Disks of machines on this host: files that are cloned from an image at once and removed only on an order. */
@NullMarked
package io.minicloud.agent.disk;

import org.jspecify.annotations.NullMarked;
