package io.minicloud.agent.metadata;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules that give a token's response the TTL its machine asks for. Java cannot set the TTL of one response, so the
 * kernel does, for packets of the service whose payload goes on after the status line with {@code X-aws-ec2-metada}, the
 * first header of a token's response and of no other.
 */
final class HopLimits {
    /** Family and name of the table. */
    static final String TABLE = "ip minicloud_metadata";

    private HopLimits() {}

    /** A transaction of nft that replaces the table of a VPC. */
    static String render(String vpcId, List<InstanceMetadata> machines) {
        var chains = machines.stream()
                .map(InstanceMetadata::hopLimit)
                .distinct()
                .sorted()
                .map(limit -> "  chain ttl_%d { ip ttl set %d; }%n".formatted(limit, limit))
                .collect(Collectors.joining());
        var elements = machines.stream()
                .flatMap(machine ->
                        machine.addressesIn(vpcId).stream().map(ip -> ip + " : goto ttl_" + machine.hopLimit()))
                .sorted()
                .collect(Collectors.joining(", "));
        return """
                table ip minicloud_metadata
                delete table ip minicloud_metadata
                table ip minicloud_metadata {
                %s  map hop_limits { type ipv4_addr : verdict;%s }
                  chain output {
                    type filter hook output priority 0; policy accept;
                    ip saddr 169.254.169.254 tcp sport 80 @ih,136,128 0x582d6177732d6563322d6d6574616461 ip daddr vmap @hop_limits
                  }
                }
                """.formatted(chains, elements.isEmpty() ? "" : " elements = { " + elements + " }");
    }
}
