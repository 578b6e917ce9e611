package io.minicloud.api.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link ListenerRule}.
 *
 * @param listenerRef The listener, of HTTP or HTTPS; immutable.
 * @param priority The order in which rules are tried, the lowest number first; a listener has one rule of each.
 * @param conditions All of them must be met.
 * @param actions What is done: one action.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html">CreateRule</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html">Condition types</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.listenerRef == oldSelf.listenerRef",
        message = "listenerRef is immutable: delete the object and make a new one",
        fieldPath = ".listenerRef")
@ValidationRule(
        value =
                "['host-header', 'path-pattern', 'http-request-method', 'source-ip'].all(f, self.conditions.filter(c, c.field == f).size() <= 1)",
        message =
                "conditions has a field twice: of host-header, path-pattern, http-request-method and source-ip a rule has one each; give it several values",
        fieldPath = ".conditions")
@ValidationRule(
        value =
                "self.conditions.map(c, (has(c.values) ? c.values.size() : 0) + (has(c.httpHeaderConfig) ? c.httpHeaderConfig.values.size() : 0) + (has(c.queryStringConfig) ? c.queryStringConfig.values.size() : 0)).sum() <= 5",
        message = "a rule has at most 5 values in all its conditions: make several rules with the same action",
        fieldPath = ".conditions")
@ValidationRule(
        value =
                "self.conditions.map(c, (has(c.values) ? c.values.map(v, size(v) - size(v.replace('*', '').replace('?', ''))).sum() : 0) + (has(c.httpHeaderConfig) ? c.httpHeaderConfig.values.map(v, size(v) - size(v.replace('*', '').replace('?', ''))).sum() : 0) + (has(c.queryStringConfig) ? c.queryStringConfig.values.map(q, (has(q.key) ? size(q.key) - size(q.key.replace('*', '').replace('?', '')) : 0) + size(q.value) - size(q.value.replace('*', '').replace('?', ''))).sum() : 0)).sum() <= 5",
        message =
                "a rule has at most 5 wildcards, * and ?, in all its conditions: make several rules with the same action",
        fieldPath = ".conditions")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record ListenerRuleSpec(
        @Required @JsonPropertyDescription("The listener, of HTTP or HTTPS; immutable.")
        LocalRef listenerRef,

        @Required
        @Min(1)
        @Max(50000)
        @JsonPropertyDescription(
                "The order in which rules are tried, the lowest number first; a listener has one rule of each.")
        Integer priority,

        @Required @Size(min = 1, max = 5) @JsonPropertyDescription("All of them must be met.")
        List<RuleCondition> conditions,

        @Required @Size(min = 1, max = 1) @JsonPropertyDescription("What is done: one action.")
        List<ListenerAction> actions,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * A condition; it is met by any of its values. {@code *} stands for any number of characters and {@code ?} for exactly one, in hosts,
     * paths, headers and query strings.
     *
     * @param field what is looked at: host-header, path-pattern, http-header, http-request-method, query-string or source-ip
     * @param values what host, path, method or address may be
     * @param httpHeaderConfig the header, and what it may be; with http-header
     * @param queryStringConfig the parameters; with query-string
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html">RuleCondition</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.values) == !(self.field in ['http-header', 'query-string'])",
            message = "values go with host-header, path-pattern, http-request-method and source-ip, and with them only",
            fieldPath = ".values")
    @ValidationRule(
            value = "has(self.httpHeaderConfig) == (self.field == 'http-header')",
            message = "httpHeaderConfig goes with http-header, and with it only",
            fieldPath = ".httpHeaderConfig")
    @ValidationRule(
            value = "has(self.queryStringConfig) == (self.field == 'query-string')",
            message = "queryStringConfig goes with query-string, and with it only",
            fieldPath = ".queryStringConfig")
    @ValidationRule(
            value =
                    "self.field != 'host-header' || !has(self.values) || self.values.all(v, v.matches('^[A-Za-z0-9.*?-]*[.][A-Za-z]+$'))",
            message =
                    "a host is of letters, digits, -, . and the wildcards * and ?, has a dot, and letters only after the last one: *.example.com",
            fieldPath = ".values")
    @ValidationRule(
            value =
                    "self.field != 'path-pattern' || !has(self.values) || self.values.all(v, v.matches('^[A-Za-z0-9_.$/~\"\\'@:+&*?-]+$'))",
            message = "a path is of letters, digits, _-.$/~\"'@:+& and the wildcards * and ?: /img/*",
            fieldPath = ".values")
    @ValidationRule(
            value =
                    "self.field != 'http-request-method' || !has(self.values) || self.values.all(v, v.matches('^[A-Z_-]{1,40}$'))",
            message = "a method is of up to 40 capital letters, _ and -, without wildcards: GET",
            fieldPath = ".values")
    @ValidationRule(
            value =
                    "self.field != 'source-ip' || !has(self.values) || self.values.all(v, isCIDR(v) && cidr(v).ip().family() == 4 && cidr(v) == cidr(v).masked() && v != '255.255.255.255/32')",
            message =
                    "an address is an IPv4 range that begins at its network address, such as 10.0.0.0/16, and not 255.255.255.255/32",
            fieldPath = ".values")
    public record RuleCondition(
            @Required
            @Pattern("^(host-header|path-pattern|http-header|http-request-method|query-string|source-ip)$")
            @JsonPropertyDescription(
                    "What is looked at: host-header, path-pattern, http-header, http-request-method, query-string or source-ip.")
            String field,

            @Size(min = 1, max = 3) @JsonPropertyDescription("What host, path, method or address may be.")
            List<@Size(min = 1, max = 128) String> values,

            @JsonPropertyDescription("The header, and what it may be; with http-header.")
            HttpHeaderConfig httpHeaderConfig,

            @JsonPropertyDescription("The parameters; with query-string.")
            QueryStringConfig queryStringConfig) {}

    /**
     * A header of the request.
     *
     * @param httpHeaderName its name, in capitals or not, without wildcards
     * @param values what it may be, in capitals or not
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html">HttpHeaderConditionConfig</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "self.values.all(v, v.matches('^[ -~]+$'))",
            message = "a header's value is of printable characters",
            fieldPath = ".values")
    @ValidationRule(
            value = "self.httpHeaderName.lowerAscii() != 'host'",
            message = "httpHeaderName must not be Host: take field host-header",
            fieldPath = ".httpHeaderName")
    public record HttpHeaderConfig(
            @Required
            @Size(min = 1, max = 40)
            @Pattern("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")
            @JsonPropertyDescription("Its name, in capitals or not, without wildcards.")
            String httpHeaderName,

            @Required @Size(min = 1, max = 3) @JsonPropertyDescription("What it may be, in capitals or not.")
            List<@Size(min = 1, max = 128) String> values) {}

    /**
     * Parameters of the request.
     *
     * @param values the parameters of which one is enough
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_QueryStringConditionConfig.html">QueryStringConditionConfig</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QueryStringConfig(
            @Required @Size(min = 1, max = 3) @JsonPropertyDescription("The parameters of which one is enough.")
            List<QueryStringKeyValuePair> values) {}

    /**
     * A parameter of the request.
     *
     * @param key its name; any when absent
     * @param value its value
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_QueryStringKeyValuePair.html">QueryStringKeyValuePair</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QueryStringKeyValuePair(
            @Size(min = 1, max = 128) @Pattern("^[!-~]+$") @JsonPropertyDescription("Its name; any when absent.")
            String key,

            @Required @Size(min = 1, max = 128) @Pattern("^[!-~]+$") @JsonPropertyDescription("Its value.")
            String value) {}
}
