/** Volumes: the disk on the host of the instance that a volume is attached to. */
@NullMarked
package io.minicloud.controller.ec2.volume;

import org.jspecify.annotations.NullMarked;
