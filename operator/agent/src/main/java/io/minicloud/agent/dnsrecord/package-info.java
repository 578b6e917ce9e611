/** The agent's side of {@code DnsRecord}: names that every resolver on this machine answers for. */
@NullMarked
package io.minicloud.agent.dnsrecord;

import org.jspecify.annotations.NullMarked;
