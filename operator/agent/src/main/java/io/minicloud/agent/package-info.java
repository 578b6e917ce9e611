/** The agent: the host API made true on this machine. Knows nothing of AWS. */
@NullMarked
package io.minicloud.agent;

import org.jspecify.annotations.NullMarked;
