package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What someone wants of a {@link DnsServer}.
 *
 * @param address The IPv4 address, which nobody else has.
 * @param mode Routed: known on the hosts. Lan: a part of the network of the hosts, which answer for it.
 * @param uplink Of mode Lan: the interface by which a host is on that network; absent: that of its default route.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "isIP(self.address) && ip(self.address).family() == 4",
        message = "address must be an IPv4 address such as 203.0.113.10",
        fieldPath = ".address")
public record DnsServerSpec(
        @Required @Size(max = 15) @JsonPropertyDescription("The IPv4 address, which nobody else has.")
        String address,

        @Required
        @Size(max = 6)
        @Pattern("^(Routed|Lan)$")
        @JsonPropertyDescription(
                "Routed: known on the hosts. Lan: a part of the network of the hosts, which answer for it.")
        String mode,

        @Size(min = 1, max = 15)
        @Pattern("^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}$")
        @JsonPropertyDescription(
                "Of mode Lan: the interface by which a host is on that network; absent: that of its default route.")
        String uplink) {}
