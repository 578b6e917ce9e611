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
 * What a proxy does with a request or a connection; one of three.
 *
 * @param forward Hands it on.
 * @param redirect Tells the client to ask elsewhere.
 * @param fixedResponse Answers by itself.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.forward), has(self.redirect), has(self.fixedResponse)].filter(x, x).size() == 1",
        message = "an action is one of forward, redirect and fixedResponse")
public record ProxyAction(
        @JsonPropertyDescription("Hands it on.") Forward forward,

        @JsonPropertyDescription("Tells the client to ask elsewhere.")
        Redirect redirect,

        @JsonPropertyDescription("Answers by itself.") FixedResponse fixedResponse) {
    /**
     * Hands on, each time to one of several target groups.
     *
     * @param targetGroups between which to choose; those of weight 0 get nothing
     * @param stickinessSeconds how long a client stays with the group that it got; absent: each request is decided anew
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Forward(
            @Required
            @Size(min = 1, max = 5)
            @JsonPropertyDescription("Between which to choose; those of weight 0 get nothing.")
            List<Weighted> targetGroups,

            @Min(1)
            @Max(604800)
            @JsonPropertyDescription(
                    "How long a client stays with the group that it got; absent: each request is decided anew.")
            Integer stickinessSeconds) {}

    /**
     * A target group with its share.
     *
     * @param targetGroupId one of the proxy's
     * @param weight its share, out of the sum of all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Weighted(
            @Required @Pattern("^tg-[0-9a-f]{17}$") @JsonPropertyDescription("One of the proxy's.")
            String targetGroupId,

            @Required @Min(0) @Max(999) @JsonPropertyDescription("Its share, out of the sum of all.")
            Integer weight) {}

    /**
     * Where a client is sent. {@code #{protocol}}, {@code #{host}}, {@code #{port}}, {@code #{path}} and {@code #{query}} stand for
     * those of the request.
     *
     * @param protocol HTTP, HTTPS or #{protocol}
     * @param host the host
     * @param port the port
     * @param path the path, with its leading slash
     * @param query the query, without its question mark
     * @param statusCode 301 or 302
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Redirect(
            @Required @Pattern("^(HTTPS?|#\\{protocol})$") @JsonPropertyDescription("HTTP, HTTPS or #{protocol}.")
            String protocol,

            @Required @Size(min = 1, max = 128) @JsonPropertyDescription("The host.")
            String host,

            @Required @Size(min = 1, max = 7) @JsonPropertyDescription("The port.")
            String port,

            @Required @Size(min = 1, max = 128) @JsonPropertyDescription("The path, with its leading slash.")
            String path,

            @Required @Size(max = 128) @JsonPropertyDescription("The query, without its question mark.")
            String query,

            @Required @Min(301) @Max(302) @JsonPropertyDescription("301 or 302.")
            Integer statusCode) {}

    /**
     * An answer of the proxy's own.
     *
     * @param statusCode the status: 2XX, 4XX or 5XX
     * @param contentType the type of the body
     * @param messageBody the body; absent: none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FixedResponse(
            @Required @Min(200) @Max(599) @JsonPropertyDescription("The status: 2XX, 4XX or 5XX.")
            Integer statusCode,

            @Size(max = 32) @JsonPropertyDescription("The type of the body.")
            String contentType,

            @Size(max = 1024) @JsonPropertyDescription("The body; absent: none.")
            String messageBody) {}
}
