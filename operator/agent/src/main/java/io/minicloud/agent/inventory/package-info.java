/**
 * What carries our tag on this machine and has no object: machines, disks and images are told and never touched, what
 * holds no data is collected.
 */
@NullMarked
package io.minicloud.agent.inventory;

import org.jspecify.annotations.NullMarked;
