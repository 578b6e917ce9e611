package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What someone wants of a {@link DnsRecord}.
 *
 * @param addresses The IPv4 addresses that are answered.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.addresses.all(a, isIP(a) && ip(a).family() == 4)",
        message = "addresses must be IPv4 addresses",
        fieldPath = ".addresses")
public record DnsRecordSpec(
        @Required @Size(min = 1, max = 100) @JsonPropertyDescription("The IPv4 addresses that are answered.")
        List<@Size(max = 15) String> addresses) {}
