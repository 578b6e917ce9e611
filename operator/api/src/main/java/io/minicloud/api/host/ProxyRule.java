package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * What is done with the requests that meet every condition.
 *
 * @param priority The number by which a person knows the rule; the order is that of the list.
 * @param conditions All of them must be met.
 * @param action What is done.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProxyRule(
        @Required
        @Min(1)
        @Max(50000)
        @JsonPropertyDescription("The number by which a person knows the rule; the order is that of the list.")
        Integer priority,

        @Required @Size(min = 1, max = 5) @JsonPropertyDescription("All of them must be met.")
        List<Condition> conditions,

        @Required @JsonPropertyDescription("What is done.") ProxyAction action) {
    /**
     * A condition is met by any of its values. {@code *} stands for any number of characters and {@code ?} for exactly one, in hosts,
     * paths, headers and query strings.
     *
     * @param field what is looked at: host and query without regard to case, header values too, path and method with it
     * @param headerName the header of field http-header
     * @param values what it may be; ranges for source-ip
     * @param queryStrings the parameters of field query-string, instead of values
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Condition(
            @Required
            @Pattern("^(host-header|path-pattern|http-header|http-request-method|query-string|source-ip)$")
            @JsonPropertyDescription(
                    "What is looked at: host and query without regard to case, header values too, path and method with it.")
            String field,

            @Size(max = 40) @JsonPropertyDescription("The header of field http-header.")
            String headerName,

            @Size(max = 10) @JsonPropertyDescription("What it may be; ranges for source-ip.")
            List<@Size(max = 128) String> values,

            @Size(max = 10) @JsonPropertyDescription("The parameters of field query-string, instead of values.")
            List<QueryString> queryStrings) {}

    /**
     * A parameter of a request.
     *
     * @param key its name; absent: any
     * @param value its value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QueryString(
            @Size(max = 128) @JsonPropertyDescription("Its name; absent: any.")
            String key,

            @Required @Size(max = 128) @JsonPropertyDescription("Its value.")
            String value) {}
}
