package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What a proxy finds.
 *
 * @param targets The targets as they were last seen, by target group, address and port.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProxyStatus(
        @JsonPropertyDescription("The targets as they were last seen, by target group, address and port.")
        List<Target> targets) {
    /**
     * A target.
     *
     * @param targetGroupId its target group
     * @param address its address
     * @param port its port
     * @param state Initial: not checked yet; Healthy; Unhealthy
     * @param cause of Unhealthy: ResponseCodeMismatch, Timeout or FailedHealthChecks
     * @param responseCode of ResponseCodeMismatch: what the target answered
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            @JsonPropertyDescription("Its target group.") String targetGroupId,
            @JsonPropertyDescription("Its address.") String address,
            @JsonPropertyDescription("Its port.") Integer port,

            @JsonPropertyDescription("Initial: not checked yet; Healthy; Unhealthy.")
            String state,

            @JsonPropertyDescription("Of Unhealthy: ResponseCodeMismatch, Timeout or FailedHealthChecks.")
            String cause,

            @JsonPropertyDescription("Of ResponseCodeMismatch: what the target answered.")
            Integer responseCode) {}
}
