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
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link TargetGroup}.
 *
 * @param vpcRef The VPC that the targets are in; immutable.
 * @param protocol What the targets speak: HTTP and HTTPS behind an application load balancer, TCP, TLS and UDP behind a network load
 *     balancer; immutable.
 * @param port The port of targets that name none; immutable.
 * @param targetType instance: the targets are instances. ip: they are addresses. Immutable.
 * @param targets The targets; the same instance or address may be there with several ports.
 * @param healthCheck How a target proves that it is healthy.
 * @param stickiness How a client stays with the target that it got; absent: it does not.
 * @param deregistrationDelaySeconds Seconds that a target which is taken out has for what it has begun.
 * @param slowStartSeconds Seconds in which the share of a target that became healthy grows: 0, or 30 to 900; with HTTP and HTTPS.
 * @param loadBalancingAlgorithmType How a target is chosen; with HTTP and HTTPS. Behind TCP, TLS and UDP it is round_robin.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @param crossZone Whether each node hands on to the targets of every zone; as the load balancer does when absent.
 * @param proxyProtocolV2 Whether each connection to a target, a health check too, begins with a header that tells the client; with TCP
 *     and TLS.
 * @param preserveClientIp Whether targets see the client's address and port and not the load balancer's; with TCP and TLS. When absent
 *     with instances they do and with addresses not; with UDP they always do.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html">CreateTargetGroup</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html">TargetGroupAttribute</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html">Attributes behind a
 *     network load balancer</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.vpcRef == oldSelf.vpcRef",
        message = "vpcRef is immutable: delete the object and make a new one",
        fieldPath = ".vpcRef")
@ValidationRule(
        value = "self.protocol == oldSelf.protocol",
        message = "protocol is immutable: delete the object and make a new one",
        fieldPath = ".protocol")
@ValidationRule(
        value = "self.port == oldSelf.port",
        message = "port is immutable: give targets a port of their own, or make a new object",
        fieldPath = ".port")
@ValidationRule(
        value = "self.targetType == oldSelf.targetType",
        message = "targetType is immutable: delete the object and make a new one",
        fieldPath = ".targetType")
@ValidationRule(
        value =
                "!has(self.targets) || self.targets.all(t, self.targetType == 'instance' ? has(t.instanceRef) : has(t.id))",
        message = "targets must be as targetType says (InvalidTarget): instanceRef with instance, id with ip",
        fieldPath = ".targets")
@ValidationRule(
        value =
                "!(self.protocol in ['HTTP', 'HTTPS']) || !has(self.healthCheck) || !has(self.healthCheck.protocol) || self.healthCheck.protocol != 'TCP'",
        message = "TCP cannot check targets of HTTP or HTTPS: take HTTP or HTTPS",
        fieldPath = ".healthCheck.protocol")
@ValidationRule(
        value =
                "self.protocol in ['HTTP', 'HTTPS'] || !has(self.healthCheck) || has(self.healthCheck.protocol) && self.healthCheck.protocol != 'TCP' || !has(self.healthCheck.path) && !has(self.healthCheck.matcher)",
        message = "path and matcher are for checks by HTTP and HTTPS: give healthCheck.protocol",
        fieldPath = ".healthCheck")
@ValidationRule(
        value =
                "!(self.protocol in ['HTTP', 'HTTPS']) || !has(self.healthCheck) || !has(self.healthCheck.matcher) || !self.healthCheck.matcher.matches('(^|[,-])5')",
        message = "matcher behind an application load balancer is of codes from 200 to 499",
        fieldPath = ".healthCheck.matcher")
@ValidationRule(
        value =
                "!(self.protocol in ['HTTP', 'HTTPS']) || !has(self.healthCheck) || (has(self.healthCheck.timeoutSeconds) ? self.healthCheck.timeoutSeconds : 5) < self.healthCheck.intervalSeconds",
        message = "timeoutSeconds, 5 when absent, must be less than intervalSeconds",
        fieldPath = ".healthCheck")
@ValidationRule(
        value =
                "self.protocol in ['HTTP', 'HTTPS'] || !has(self.healthCheck) || (has(self.healthCheck.timeoutSeconds) ? self.healthCheck.timeoutSeconds : has(self.healthCheck.protocol) && self.healthCheck.protocol == 'HTTP' ? 6 : 10) <= self.healthCheck.intervalSeconds",
        message =
                "timeoutSeconds, when absent 6 with checks by HTTP and else 10, must not be more than intervalSeconds",
        fieldPath = ".healthCheck")
@ValidationRule(
        value =
                "!has(self.stickiness) || (self.stickiness.type == 'source_ip') == (self.protocol in ['TCP', 'TLS', 'UDP'])",
        message = "stickiness is by lb_cookie or app_cookie with HTTP and HTTPS, by source_ip with TCP, TLS and UDP",
        fieldPath = ".stickiness.type")
@ValidationRule(
        value =
                "!has(self.slowStartSeconds) || self.slowStartSeconds == 0 || self.slowStartSeconds >= 30 && self.protocol in ['HTTP', 'HTTPS'] && self.loadBalancingAlgorithmType == 'round_robin'",
        message = "slowStartSeconds is 0, or 30 to 900 with HTTP or HTTPS and round_robin",
        fieldPath = ".slowStartSeconds")
@ValidationRule(
        value = "self.loadBalancingAlgorithmType == 'round_robin' || self.protocol in ['HTTP', 'HTTPS']",
        message = "loadBalancingAlgorithmType is for HTTP and HTTPS: leave it out",
        fieldPath = ".loadBalancingAlgorithmType")
@ValidationRule(
        value =
                "!(self.protocol in ['HTTP', 'HTTPS']) || !has(self.stickiness) || !has(self.crossZone) || self.crossZone",
        message =
                "stickiness is not supported while cross-zone load balancing is off: leave out stickiness, or crossZone",
        fieldPath = ".crossZone")
@ValidationRule(
        value = "!has(self.proxyProtocolV2) || !self.proxyProtocolV2 || self.protocol in ['TCP', 'TLS']",
        message = "proxyProtocolV2 is for TCP and TLS (InvalidConfigurationRequest): leave it out",
        fieldPath = ".proxyProtocolV2")
@ValidationRule(
        value =
                "!has(self.preserveClientIp) || self.protocol in ['TCP', 'TLS'] || self.protocol == 'UDP' && self.preserveClientIp",
        message =
                "preserveClientIp is for TCP and TLS, and always true with UDP (InvalidConfigurationRequest): leave it out",
        fieldPath = ".preserveClientIp")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record TargetGroupSpec(
        @Required @JsonPropertyDescription("The VPC that the targets are in; immutable.")
        LocalRef vpcRef,

        @Required
        @Pattern("^(HTTP|HTTPS|TCP|TLS|UDP)$")
        @JsonPropertyDescription(
                "What the targets speak: HTTP and HTTPS behind an application load balancer, TCP, TLS and UDP behind a network load balancer; immutable.")
        String protocol,

        @Required @Min(1) @Max(65535) @JsonPropertyDescription("The port of targets that name none; immutable.")
        Integer port,

        @Default("instance")
        @Pattern("^(instance|ip)$")
        @JsonPropertyDescription("instance: the targets are instances. ip: they are addresses. Immutable.")
        String targetType,

        @Size(max = 1000)
        @JsonPropertyDescription("The targets; the same instance or address may be there with several ports.")
        List<Target> targets,

        @JsonPropertyDescription("How a target proves that it is healthy.")
        HealthCheck healthCheck,

        @JsonPropertyDescription("How a client stays with the target that it got; absent: it does not.")
        Stickiness stickiness,

        @Default("300")
        @Min(0)
        @Max(3600)
        @JsonPropertyDescription("Seconds that a target which is taken out has for what it has begun.")
        Integer deregistrationDelaySeconds,

        @Default("0")
        @Min(0)
        @Max(900)
        @JsonPropertyDescription(
                "Seconds in which the share of a target that became healthy grows: 0, or 30 to 900; with HTTP and HTTPS.")
        Integer slowStartSeconds,

        @Default("round_robin")
        @Pattern("^(round_robin|least_outstanding_requests|weighted_random)$")
        @JsonPropertyDescription(
                "How a target is chosen; with HTTP and HTTPS. Behind TCP, TLS and UDP it is round_robin.")
        String loadBalancingAlgorithmType,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags,

        @JsonPropertyDescription(
                "Whether each node hands on to the targets of every zone; as the load balancer does when absent.")
        Boolean crossZone,

        @JsonPropertyDescription(
                "Whether each connection to a target, a health check too, begins with a header of the PROXY protocol, version 2, that tells the client; with TCP and TLS; not when absent.")
        Boolean proxyProtocolV2,

        @JsonPropertyDescription(
                "Whether targets see the client's address and port, which their security groups then judge, and not the load balancer's; with TCP and TLS; when absent with instances they do and with addresses not; with UDP they always do.")
        Boolean preserveClientIp) {
    /**
     * A target.
     *
     * @param instanceRef the instance, by its primary network interface; with targetType instance
     * @param id the IPv4 address, in a range of the VPC; with targetType ip
     * @param port its port; that of the group when absent
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html">TargetDescription</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(value = "has(self.instanceRef) != has(self.id)", message = "a target is one of instanceRef and id")
    @ValidationRule(
            value = "!has(self.id) || isIP(self.id) && ip(self.id).family() == 4",
            message = "id must be an IPv4 address such as 10.0.1.10 (InvalidTarget)",
            fieldPath = ".id")
    public record Target(
            @JsonPropertyDescription("The instance, by its primary network interface; with targetType instance.")
            LocalRef instanceRef,

            @Size(max = 15) @JsonPropertyDescription("The IPv4 address, in a range of the VPC; with targetType ip.")
            String id,

            @Min(1) @Max(65535) @JsonPropertyDescription("Its port; that of the group when absent.")
            Integer port) {}

    /**
     * How a target proves that it is healthy. Checks of instances and addresses cannot be switched off.
     *
     * @param protocol HTTP and HTTPS ask for a path, TCP connects; HTTP when absent, behind a network load balancer TCP
     * @param port the port that is asked; traffic-port: that of the target
     * @param path the path that is asked for; / when absent
     * @param intervalSeconds seconds from one check to the next
     * @param timeoutSeconds seconds without an answer after which a check has failed; 5 when absent, behind a network load balancer 6
     *     with checks by HTTP and else 10
     * @param healthyThresholdCount successes in a row that make an unhealthy target healthy
     * @param unhealthyThresholdCount failures in a row that make a healthy target unhealthy
     * @param matcher the codes that are well, for example 200,202 or 200-299; 200 when absent, behind a network load balancer 200-399
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html">Health checks</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "self.port == 'traffic-port' || int(self.port) <= 65535",
            message = "port must be traffic-port or a number from 1 to 65535",
            fieldPath = ".port")
    public record HealthCheck(
            @Pattern("^(HTTP|HTTPS|TCP)$")
            @JsonPropertyDescription(
                    "HTTP and HTTPS ask for a path, TCP connects; HTTP when absent, behind a network load balancer TCP.")
            String protocol,

            @Default("traffic-port")
            @Size(max = 12)
            @Pattern("^(traffic-port|[1-9][0-9]{0,4})$")
            @JsonPropertyDescription("The port that is asked; traffic-port: that of the target.")
            String port,

            @Size(min = 1, max = 1024)
            @Pattern("^/[!-~]*$")
            @JsonPropertyDescription("The path that is asked for, with its query; / when absent.")
            String path,

            @Default("30") @Min(5) @Max(300) @JsonPropertyDescription("Seconds from one check to the next.")
            Integer intervalSeconds,

            @Min(2)
            @Max(120)
            @JsonPropertyDescription(
                    "Seconds without an answer after which a check has failed; 5 when absent, behind a network load balancer 6 with checks by HTTP and else 10.")
            Integer timeoutSeconds,

            @Default("5")
            @Min(2)
            @Max(10)
            @JsonPropertyDescription("Successes in a row that make an unhealthy target healthy.")
            Integer healthyThresholdCount,

            @Default("2")
            @Min(2)
            @Max(10)
            @JsonPropertyDescription("Failures in a row that make a healthy target unhealthy.")
            Integer unhealthyThresholdCount,

            @Size(max = 60)
            @Pattern("^[2-5][0-9]{2}(-[2-5][0-9]{2})?(,[2-5][0-9]{2}(-[2-5][0-9]{2})?)*$")
            @JsonPropertyDescription(
                    "The codes that are well, for example 200,202 or 200-299; 200 when absent, behind a network load balancer 200-399.")
            String matcher) {}

    /**
     * How a client stays with the target that it got.
     *
     * @param type lb_cookie: by a cookie of the load balancer; app_cookie: by one that the target sets; source_ip: by the client's
     *     address
     * @param durationSeconds seconds that it stays there; 86400 when absent; not with source_ip
     * @param cookieName the name of the target's cookie; with app_cookie
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html">Sticky sessions</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.cookieName) == (self.type == 'app_cookie')",
            message = "cookieName goes with app_cookie, and with it only",
            fieldPath = ".cookieName")
    @ValidationRule(
            value = "!has(self.cookieName) || !self.cookieName.startsWith('AWSALB')",
            message = "cookieName must not begin with AWSALB, which is the load balancer's own: take another name",
            fieldPath = ".cookieName")
    @ValidationRule(
            value = "self.type != 'source_ip' || !has(self.durationSeconds)",
            message = "durationSeconds is for cookies: leave it out with source_ip",
            fieldPath = ".durationSeconds")
    public record Stickiness(
            @Required
            @Pattern("^(lb_cookie|app_cookie|source_ip)$")
            @JsonPropertyDescription(
                    "lb_cookie: by a cookie of the load balancer; app_cookie: by one that the target sets; source_ip: by the client's address.")
            String type,

            @Min(1)
            @Max(604800)
            @JsonPropertyDescription("Seconds that it stays there; 86400 when absent; not with source_ip.")
            Integer durationSeconds,

            @Size(min = 1, max = 256)
            @Pattern("^[A-Za-z0-9_.-]+$")
            @JsonPropertyDescription("The name of the target's cookie; with app_cookie.")
            String cookieName) {}
}
