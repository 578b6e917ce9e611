/** The only place that starts a process on this machine; every call has a timeout. */
@NullMarked
package io.minicloud.agent.process;

import org.jspecify.annotations.NullMarked;
