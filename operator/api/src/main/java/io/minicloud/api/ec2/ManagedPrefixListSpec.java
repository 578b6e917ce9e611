package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link ManagedPrefixList}.
 *
 * @param addressFamily IPv4; immutable. IPv6 is not offered yet.
 * @param maxEntries How many entries there may be; this number, not theirs, counts toward the quotas of those that name the list.
 * @param entries The ranges, each once.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html">CreateManagedPrefixList</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html">Amazon VPC quotas</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.addressFamily != 'IPv6'",
        message = "addressFamily IPv6 is not offered yet: use IPv4",
        fieldPath = ".addressFamily")
@ValidationRule(
        value = "self.addressFamily == oldSelf.addressFamily",
        message = "addressFamily is immutable: delete the object and make a new one",
        fieldPath = ".addressFamily")
@ValidationRule(
        value = "!has(self.entries) || size(self.entries) <= self.maxEntries",
        message =
                "there are more entries than maxEntries (PrefixListMaxEntriesExceeded): raise maxEntries or take entries out",
        fieldPath = ".entries")
// Of more entries the rule would cost more than one may; the reconciler tells of those.
@ValidationRule(
        value =
                "!has(self.entries) || size(self.entries) > 500 || [self.entries.map(e, e.cidr)].all(l, l.all(c, l.indexOf(c) == l.lastIndexOf(c)))",
        message = "entries has a cidr twice: write each once",
        fieldPath = ".entries")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record ManagedPrefixListSpec(
        @Required
        @Size(max = 4)
        @Pattern("^(IPv4|IPv6)$")
        @JsonPropertyDescription("IPv4; immutable. IPv6 is not offered yet.")
        String addressFamily,

        @Required
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
                "How many entries there may be; this number, not theirs, counts toward the quotas of those that name the list.")
        Integer maxEntries,

        @Size(max = 1000) @JsonPropertyDescription("The ranges, each once.")
        List<Entry> entries,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * One range.
     *
     * @param cidr the range
     * @param description what it is for
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AddPrefixListEntry.html">AddPrefixListEntry</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "isCIDR(self.cidr) && cidr(self.cidr).ip().family() == 4",
            message = "cidr must be an IPv4 range such as 10.0.0.0/16, one address is 10.0.0.1/32",
            fieldPath = ".cidr")
    @ValidationRule(
            value = "!isCIDR(self.cidr) || cidr(self.cidr) == cidr(self.cidr).masked()",
            message = "cidr must begin at its network address: write 10.0.0.0/16, not 10.0.0.1/16",
            fieldPath = ".cidr")
    public record Entry(
            @Required @Size(max = 18) @JsonPropertyDescription("The range.")
            String cidr,

            @Size(max = 255) @JsonPropertyDescription("What it is for.")
            String description) {}
}
