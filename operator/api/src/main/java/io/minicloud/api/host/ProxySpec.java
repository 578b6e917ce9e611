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
 * How an appliance takes connections at its addresses and hands them on. Names of target groups are whatever the writer chose; every
 * rule is tried in the order in which it stands.
 *
 * @param listeners The ports on which it takes connections.
 * @param targetGroups To whom it may hand them on.
 * @param idleTimeoutSeconds Seconds without a byte after which a connection is closed, on both sides.
 * @param keepAliveSeconds Seconds after which a connection of a client that speaks HTTP is closed at the end of a request.
 * @param http2 Whether HTTPS listeners offer HTTP/2 to clients.
 * @param forwardedFor What becomes of X-Forwarded-For: Append adds the client, Preserve leaves it alone, Remove takes it out.
 * @param name The name that figures and logs call the load balancer by, for example app/web/0123456789abcdef.
 * @param availabilityZone The Availability Zone that it stands in.
 * @param accessLog Where it writes what it did with each request; absent: nowhere.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.listeners.all(l, self.listeners.exists_one(other, other.port == l.port))",
        message = "listeners must have different ports",
        fieldPath = ".listeners")
public record ProxySpec(
        @Required @Size(max = 50) @JsonPropertyDescription("The ports on which it takes connections.")
        List<ProxyListener> listeners,

        @Required @Size(max = 100) @JsonPropertyDescription("To whom it may hand them on.")
        List<ProxyTargetGroup> targetGroups,

        @Required
        @Min(1)
        @Max(6000)
        @JsonPropertyDescription("Seconds without a byte after which a connection is closed, on both sides.")
        Integer idleTimeoutSeconds,

        @Required
        @Min(60)
        @Max(604800)
        @JsonPropertyDescription(
                "Seconds after which a connection of a client that speaks HTTP is closed at the end of a request.")
        Integer keepAliveSeconds,

        @Required @JsonPropertyDescription("Whether HTTPS listeners offer HTTP/2 to clients.")
        Boolean http2,

        @Required
        @Pattern("^(Append|Preserve|Remove)$")
        @JsonPropertyDescription(
                "What becomes of X-Forwarded-For: Append adds the client, Preserve leaves it alone, Remove takes it out.")
        String forwardedFor,

        @Size(max = 320)
        @Pattern("^[a-z]+/[A-Za-z0-9.-]+/[0-9a-f]{16}$")
        @JsonPropertyDescription(
                "The name that figures and logs call the load balancer by, for example app/web/0123456789abcdef.")
        String name,

        @Size(max = 63) @JsonPropertyDescription("The Availability Zone that it stands in.")
        String availabilityZone,

        @JsonPropertyDescription("Where it writes what it did with each request; absent: nowhere.")
        ProxyAccessLog accessLog) {
    /** Whether some targets are spoken with under the addresses of clients. */
    public boolean preservesClientAddresses() {
        return targetGroups.stream()
                .anyMatch(group -> Boolean.TRUE.equals(group.preserveClientAddress())
                        || group.protocol().equals("UDP"));
    }

    /** The same with other target groups. */
    public ProxySpec withTargetGroups(List<ProxyTargetGroup> others) {
        return new ProxySpec(
                listeners,
                others,
                idleTimeoutSeconds,
                keepAliveSeconds,
                http2,
                forwardedFor,
                name,
                availabilityZone,
                accessLog);
    }

    /** The same with another log. */
    public ProxySpec withAccessLog(ProxyAccessLog other) {
        return new ProxySpec(
                listeners,
                targetGroups,
                idleTimeoutSeconds,
                keepAliveSeconds,
                http2,
                forwardedFor,
                name,
                availabilityZone,
                other);
    }
}
