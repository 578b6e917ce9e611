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
 * Targets among which a proxy shares what comes. While none of them is healthy, all of them get it.
 *
 * @param targetGroupId Its name here, the AWS-shaped id tg-….
 * @param protocol What the targets speak.
 * @param algorithm How a target is chosen.
 * @param stickiness How a client stays with its target; absent: it does not.
 * @param slowStartSeconds How long the share of a target that became healthy grows; absent: it is whole at once.
 * @param healthCheck How a target proves that it is healthy.
 * @param targets The targets.
 * @param name The name that figures and logs call it by, for example targetgroup/web/0123456789abcdef.
 * @param proxyProtocol Whether each connection, a check too, begins with a header of the PROXY protocol, version 2.
 * @param preserveClientAddress Whether targets are spoken with under the client's address and port, but for checks; those of UDP always
 *     are.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.proxyProtocol) || !self.proxyProtocol || self.protocol in ['TCP', 'TLS']",
        message = "proxyProtocol is for TCP and TLS: leave it out",
        fieldPath = ".proxyProtocol")
@ValidationRule(
        value = "!has(self.preserveClientAddress) || !self.preserveClientAddress || self.protocol in ['TCP', 'TLS']",
        message = "preserveClientAddress is for TCP and TLS: leave it out",
        fieldPath = ".preserveClientAddress")
public record ProxyTargetGroup(
        @Required @Pattern("^tg-[0-9a-f]{17}$") @JsonPropertyDescription("Its name here, the AWS-shaped id tg-….")
        String targetGroupId,

        @Required @Pattern("^(HTTP|HTTPS|TCP|TLS|UDP)$") @JsonPropertyDescription("What the targets speak.")
        String protocol,

        @Required
        @Pattern("^(RoundRobin|LeastOutstandingRequests|Random)$")
        @JsonPropertyDescription("How a target is chosen.")
        String algorithm,

        @JsonPropertyDescription("How a client stays with its target; absent: it does not.")
        Stickiness stickiness,

        @Min(30)
        @Max(900)
        @JsonPropertyDescription(
                "How long the share of a target that became healthy grows; absent: it is whole at once.")
        Integer slowStartSeconds,

        @Required @JsonPropertyDescription("How a target proves that it is healthy.")
        HealthCheck healthCheck,

        @Required @Size(max = 1000) @JsonPropertyDescription("The targets.")
        List<Target> targets,

        @Size(max = 320)
        @Pattern("^[a-z]+/[A-Za-z0-9.-]+/[0-9a-f]{16}$")
        @JsonPropertyDescription(
                "The name that figures and logs call it by, for example targetgroup/web/0123456789abcdef.")
        String name,

        @JsonPropertyDescription(
                "Whether each connection, a check too, begins with a header of the PROXY protocol, version 2; not when absent.")
        Boolean proxyProtocol,

        @JsonPropertyDescription(
                "Whether targets are spoken with under the client's address and port, but for checks; not when absent. Those of UDP always are.")
        Boolean preserveClientAddress) {
    /** The same with other targets. */
    public ProxyTargetGroup withTargets(List<Target> others) {
        return new ProxyTargetGroup(
                targetGroupId,
                protocol,
                algorithm,
                stickiness,
                slowStartSeconds,
                healthCheck,
                others,
                name,
                proxyProtocol,
                preserveClientAddress);
    }

    /**
     * How a client stays with its target.
     *
     * @param type ProxyCookie: by a cookie of the proxy's own; ApplicationCookie: by one that the target sets; SourceIp: by the
     *     client's address
     * @param cookieName the name of the cookie; with the cookie types only
     * @param durationSeconds how long, since the cookie was given or last used
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Stickiness(
            @Required
            @Pattern("^(ProxyCookie|ApplicationCookie|SourceIp)$")
            @JsonPropertyDescription(
                    "ProxyCookie: by a cookie of the proxy's own; ApplicationCookie: by one that the target sets; SourceIp: by the client's address.")
            String type,

            @Size(max = 256)
            @Pattern("^[A-Za-z0-9_.-]+$")
            @JsonPropertyDescription("The name of the cookie; with the cookie types only.")
            String cookieName,

            @Required
            @Min(1)
            @Max(604800)
            @JsonPropertyDescription("How long, since the cookie was given or last used.")
            Integer durationSeconds) {}

    /**
     * How a target proves that it is healthy.
     *
     * @param protocol HTTP and HTTPS ask for a path, TCP connects
     * @param port the port that is asked; absent: that of the target
     * @param path the path, with its query
     * @param matcher the codes that are well, for example 200,202 or 200-299
     * @param intervalSeconds from one check to the next
     * @param timeoutSeconds without an answer a check has failed
     * @param healthyThreshold successes in a row that make an unhealthy target healthy; the first check alone decides of a new one
     * @param unhealthyThreshold failures in a row that make a healthy target unhealthy
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HealthCheck(
            @Required
            @Pattern("^(HTTP|HTTPS|TCP)$")
            @JsonPropertyDescription("HTTP and HTTPS ask for a path, TCP connects.")
            String protocol,

            @Min(1) @Max(65535) @JsonPropertyDescription("The port that is asked; absent: that of the target.")
            Integer port,

            @Size(max = 1024) @JsonPropertyDescription("The path, with its query.")
            String path,

            @Size(max = 60)
            @Pattern("^[0-9]{3}(-[0-9]{3})?(,[0-9]{3}(-[0-9]{3})?)*$")
            @JsonPropertyDescription("The codes that are well, for example 200,202 or 200-299.")
            String matcher,

            @Required @Min(1) @Max(300) @JsonPropertyDescription("Seconds from one check to the next.")
            Integer intervalSeconds,

            @Required
            @Min(1)
            @Max(120)
            @JsonPropertyDescription("Seconds without an answer after which a check has failed.")
            Integer timeoutSeconds,

            @Required
            @Min(1)
            @Max(10)
            @JsonPropertyDescription(
                    "Successes in a row that make an unhealthy target healthy; the first check alone decides of a new one.")
            Integer healthyThreshold,

            @Required
            @Min(1)
            @Max(10)
            @JsonPropertyDescription("Failures in a row that make a healthy target unhealthy.")
            Integer unhealthyThreshold) {}

    /**
     * A target.
     *
     * @param address its IPv4 address
     * @param port its port
     * @param draining whether it gets nothing new, and what began may end
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            @Required
            @Size(max = 15)
            @Pattern("^[0-9]{1,3}([.][0-9]{1,3}){3}$")
            @JsonPropertyDescription("Its IPv4 address.")
            String address,

            @Required @Min(1) @Max(65535) @JsonPropertyDescription("Its port.")
            Integer port,

            @JsonPropertyDescription("Whether it gets nothing new, and what began may end.")
            Boolean draining) {}
}
