/** The agent's side of {@code DnsServer}: the addresses at which the world asks this machine for names. */
@NullMarked
package io.minicloud.agent.dnsserver;

import org.jspecify.annotations.NullMarked;
