package io.minicloud.api.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.LocalRef;
import java.util.List;

/**
 * What a listener or a rule does.
 *
 * @param type forward, redirect or fixed-response.
 * @param targetGroupRef The one target group to which it forwards.
 * @param forwardConfig The target groups to which it forwards, when they are several.
 * @param redirectConfig Where it sends the client.
 * @param fixedResponseConfig What it answers.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html">Action</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "self.type == 'forward' ? has(self.targetGroupRef) != has(self.forwardConfig) : !has(self.targetGroupRef) && !has(self.forwardConfig)",
        message = "an action of type forward has one of targetGroupRef and forwardConfig, and no other action has them")
@ValidationRule(
        value = "(self.type == 'redirect') == has(self.redirectConfig)",
        message = "an action of type redirect has a redirectConfig, and no other action has one")
@ValidationRule(
        value = "(self.type == 'fixed-response') == has(self.fixedResponseConfig)",
        message = "an action of type fixed-response has a fixedResponseConfig, and no other action has one")
public record ListenerAction(
        @Required
        @Pattern("^(forward|redirect|fixed-response)$")
        @JsonPropertyDescription("forward, redirect or fixed-response.")
        String type,

        @JsonPropertyDescription("The one target group to which it forwards.")
        LocalRef targetGroupRef,

        @JsonPropertyDescription("The target groups to which it forwards, when they are several.")
        ForwardConfig forwardConfig,

        @JsonPropertyDescription("Where it sends the client.")
        RedirectConfig redirectConfig,

        @JsonPropertyDescription("What it answers.") FixedResponseConfig fixedResponseConfig) {
    /**
     * The target groups to which a request may be forwarded.
     *
     * @param targetGroups the target groups, each once, with their weights
     * @param targetGroupStickinessConfig how a client stays with the group that it got; absent: it does not
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ForwardActionConfig.html">ForwardActionConfig</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value =
                    "self.targetGroups.all(g, self.targetGroups.exists_one(other, other.targetGroupRef.name == g.targetGroupRef.name))",
            message = "targetGroups names a target group twice: name each once and add up the weights",
            fieldPath = ".targetGroups")
    public record ForwardConfig(
            @Required
            @Size(min = 1, max = 5)
            @JsonPropertyDescription("The target groups, each once, with their weights.")
            List<WeightedTargetGroup> targetGroups,

            @JsonPropertyDescription("How a client stays with the group that it got; absent: it does not.")
            TargetGroupStickinessConfig targetGroupStickinessConfig) {}

    /**
     * A target group and its share.
     *
     * @param targetGroupRef the target group
     * @param weight its share, out of the sum of all; 0: none
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html">TargetGroupTuple</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WeightedTargetGroup(
            @Required @JsonPropertyDescription("The target group.")
            LocalRef targetGroupRef,

            @Default("1") @Min(0) @Max(999) @JsonPropertyDescription("Its share, out of the sum of all; 0: none.")
            Integer weight) {}

    /**
     * How a client stays with the target group that it got.
     *
     * @param enabled whether it does
     * @param durationSeconds seconds that it stays there
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html">TargetGroupStickinessConfig</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!self.enabled || has(self.durationSeconds)",
            message = "durationSeconds is needed while enabled is true",
            fieldPath = ".durationSeconds")
    public record TargetGroupStickinessConfig(
            @Required @JsonPropertyDescription("Whether it does.")
            Boolean enabled,

            @Min(1) @Max(604800) @JsonPropertyDescription("Seconds that it stays there.")
            Integer durationSeconds) {}

    /**
     * Where a client is sent. {@code #{protocol}}, {@code #{host}}, {@code #{port}}, {@code #{path}} and {@code #{query}} stand for those
     * of the request.
     *
     * @param protocol HTTP, HTTPS or #{protocol}
     * @param host the host
     * @param port the port, 1 to 65535, or #{port}
     * @param path the path, with its leading slash
     * @param query the query, without its question mark
     * @param statusCode HTTP_301: for ever; HTTP_302: for now
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html">RedirectActionConfig</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "self.port == '#{port}' || int(self.port) <= 65535",
            message = "port must be #{port} or a number from 1 to 65535",
            fieldPath = ".port")
    @ValidationRule(
            value =
                    "self.protocol != '#{protocol}' || self.host != '#{host}' || self.port != '#{port}' || self.path != '/#{path}'",
            message = "a redirect must change protocol, host, port or path, or it would come back for ever")
    public record RedirectConfig(
            @Default("\"#{protocol}\"")
            @Pattern("^(HTTP|HTTPS|#\\{protocol\\})$")
            @JsonPropertyDescription("HTTP, HTTPS or #{protocol}.")
            String protocol,

            @Default("\"#{host}\"")
            @Size(min = 1, max = 128)
            @Pattern("^[A-Za-z0-9._#{}-]+$")
            @JsonPropertyDescription("The host.")
            String host,

            @Default("\"#{port}\"")
            @Pattern("^([1-9][0-9]{0,4}|#\\{port\\})$")
            @JsonPropertyDescription("The port, 1 to 65535, or #{port}.")
            String port,

            @Default("/#{path}")
            @Size(min = 1, max = 128)
            @Pattern("^/[!-~]*$")
            @JsonPropertyDescription("The path, with its leading slash.")
            String path,

            @Default("\"#{query}\"")
            @Size(max = 128)
            @Pattern("^[!-~]*$")
            @JsonPropertyDescription("The query, without its question mark.")
            String query,

            @Required
            @Pattern("^(HTTP_301|HTTP_302)$")
            @JsonPropertyDescription("HTTP_301: for ever; HTTP_302: for now.")
            String statusCode) {}

    /**
     * An answer of the load balancer's own.
     *
     * @param statusCode the status: 2XX, 4XX or 5XX
     * @param contentType the type of the body
     * @param messageBody the body; absent: none
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html">FixedResponseActionConfig</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FixedResponseConfig(
            @Required @Pattern("^[245][0-9][0-9]$") @JsonPropertyDescription("The status: 2XX, 4XX or 5XX.")
            String statusCode,

            @Pattern("^(text/plain|text/css|text/html|application/javascript|application/json)$")
            @JsonPropertyDescription(
                    "The type of the body: text/plain, text/css, text/html, application/javascript or application/json.")
            String contentType,

            @Size(max = 1024) @JsonPropertyDescription("The body; absent: none.")
            String messageBody) {}
}
