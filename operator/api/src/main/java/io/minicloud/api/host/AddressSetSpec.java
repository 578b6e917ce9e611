package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What someone wants of a {@link AddressSet}.
 *
 * @param setId The AWS id of the group, prefix list or VPC that the entries belong to.
 * @param vpcId The AWS id of the VPC.
 * @param type SecurityGroup, PrefixList or Vpc.
 * @param slice The number of the slice in its series.
 * @param entries The entries of this slice.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddressSetSpec(
        @Required
        @Pattern("^(sg|pl|vpc)-[0-9a-f]{17}$")
        @JsonPropertyDescription("The AWS id of the group, prefix list or VPC that the entries belong to.")
        String setId,

        @Required @Pattern("^vpc-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the VPC.")
        String vpcId,

        @Required
        @Pattern("^(SecurityGroup|PrefixList|Vpc)$")
        @JsonPropertyDescription("SecurityGroup, PrefixList or Vpc.")
        String type,

        @Required @Min(0) @Max(100000) @JsonPropertyDescription("The number of the slice in its series.")
        Integer slice,

        @Size(max = 500) @JsonPropertyDescription("The entries of this slice.")
        List<Entry> entries) {
    /**
     * One address.
     *
     * @param address an IPv4 address or, in a prefix list, a range
     * @param networkInterfaceId the ENI that owns it
     * @param host the machine it is on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "isIP(self.address) || isCIDR(self.address)",
            message = "address must be an IPv4 address or range",
            fieldPath = ".address")
    public record Entry(
            @Required @Size(max = 18) @JsonPropertyDescription("An IPv4 address or a range.")
            String address,

            @Pattern("^eni-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the network interface that owns it.")
            String networkInterfaceId,

            @Size(max = 63) @JsonPropertyDescription("The machine that it is on.")
            String host) {}
}
