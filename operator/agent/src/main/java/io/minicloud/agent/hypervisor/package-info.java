/** Virtual machines of this host: the port {@link io.minicloud.agent.hypervisor.Hypervisor} and its libvirt adapter. */
@NullMarked
package io.minicloud.agent.hypervisor;

import org.jspecify.annotations.NullMarked;
