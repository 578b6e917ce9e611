package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What someone wants of a {@link AddressPool}. The ranges of mode Lan are a part of the network on which the hosts are: nobody else
 * there may give them out, so they are taken out of its DHCP server. A host answers for its addresses with its own MAC address, which
 * Wi-Fi allows too.
 *
 * @param cidrBlocks The IPv4 ranges, /16 to /32, of which every address is given out; more may follow, none may go.
 * @param mode Routed: known on this machine and masqueraded beyond it. Lan: a part of the network of the hosts, which answer for it.
 * @param uplink Of mode Lan: the interface by which a host is on that network; absent: that of its default route; immutable.
 * @param dnsAddress The address of these at which every host answers for the names of load balancers; absent: at none.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.cidrBlocks.all(c, isCIDR(c) && cidr(c).ip().family() == 4)",
        message = "cidrBlocks must be IPv4 ranges such as 203.0.113.0/26, one address is 203.0.113.1/32",
        fieldPath = ".cidrBlocks")
@ValidationRule(
        value = "self.cidrBlocks.all(c, !isCIDR(c) || cidr(c) == cidr(c).masked())",
        message = "cidrBlocks must begin at their network addresses: write 203.0.113.0/26, not 203.0.113.1/26",
        fieldPath = ".cidrBlocks")
@ValidationRule(
        value = "self.cidrBlocks.all(c, !isCIDR(c) || cidr(c).prefixLength() >= 16 && cidr(c).prefixLength() <= 32)",
        message = "cidrBlocks must be between /16 and /32",
        fieldPath = ".cidrBlocks")
@ValidationRule(
        value =
                "self.cidrBlocks.all(c, !isCIDR(c) || !['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].exists(r, cidr(r).containsCIDR(c)))",
        message =
                "cidrBlocks must not lie in 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 or 224.0.0.0/3: choose ranges that nobody else uses",
        fieldPath = ".cidrBlocks")
@ValidationRule(
        value =
                "self.cidrBlocks.all(a, !isCIDR(a) || self.cidrBlocks.exists_one(b, isCIDR(b) && (cidr(a).containsCIDR(b) || cidr(b).containsCIDR(a))))",
        message = "cidrBlocks must not overlap each other: leave out what another range holds",
        fieldPath = ".cidrBlocks")
@ValidationRule(
        value = "oldSelf.cidrBlocks.all(c, c in self.cidrBlocks)",
        message =
                "cidrBlocks may only grow, a range that is there cannot be taken away or changed: add another, or delete the pool and make a new one",
        fieldPath = ".cidrBlocks")
@ValidationRule(
        value = "(has(self.mode) ? self.mode : 'Routed') == (has(oldSelf.mode) ? oldSelf.mode : 'Routed')",
        message = "mode is immutable: delete the pool and make a new one",
        fieldPath = ".mode")
@ValidationRule(
        value = "!has(self.uplink) || has(self.mode) && self.mode == 'Lan'",
        message = "uplink is for mode Lan: leave it out, or set mode to Lan",
        fieldPath = ".uplink")
@ValidationRule(
        value = "has(self.uplink) == has(oldSelf.uplink) && (!has(self.uplink) || self.uplink == oldSelf.uplink)",
        message = "uplink is immutable and cannot be added or removed later: delete the pool and make a new one",
        fieldPath = ".uplink")
@ValidationRule(
        value =
                "!has(self.dnsAddress) || isIP(self.dnsAddress) && self.cidrBlocks.exists(c, isCIDR(c) && cidr(c).containsIP(self.dnsAddress))",
        message = "dnsAddress must be an address of cidrBlocks, such as 203.0.113.10 of 203.0.113.0/26",
        fieldPath = ".dnsAddress")
public record AddressPoolSpec(
        @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "The IPv4 ranges, /16 to /32, of which every address is given out; more may follow, none may go.")
        List<@Size(max = 18) String> cidrBlocks,

        @Default("Routed")
        @Size(max = 6)
        @Pattern("^(Routed|Lan)$")
        @JsonPropertyDescription(
                "Routed: known on this machine and masqueraded beyond it. Lan: a part of the network of the hosts, which answer for it; keep it out of that network's DHCP range. Immutable.")
        String mode,

        @Size(min = 1, max = 15)
        @Pattern("^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}$")
        @JsonPropertyDescription(
                "Of mode Lan: the interface by which a host is on that network, for example enp1s0; absent: that of its default route; immutable.")
        String uplink,

        @Size(max = 15)
        @JsonPropertyDescription(
                "The address of these at which every host answers DNS for the names of load balancers, and for no others; nobody else gets it. Absent: at none.")
        String dnsAddress) {}
