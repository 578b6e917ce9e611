package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link HostMachine}.
 *
 * @param conditions Accepted, Programmed, Ready and what else this kind tells.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param state pending, running, stopping, stopped or shutting-down.
 * @param domain The name of the libvirt domain.
 * @param poweredOffBy guest when the guest shut itself down at poweredOffGeneration.
 * @param poweredOffGeneration The powerGeneration at which the guest shut itself down.
 * @param lastReboot The value of lastRequestedReboot that was last acted on.
 * @param launchTime When the machine last went to running, RFC 3339.
 * @param lookAt A command that shows what this became.
 * @param interfaces The network interfaces that it has or is getting, and those that its guest has yet to let go.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record HostMachineStatus(
        @JsonPropertyDescription("Accepted, Programmed, Ready and what else this kind tells.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("pending, running, stopping, stopped or shutting-down.")
        String state,

        @JsonPropertyDescription("The name of the libvirt domain.")
        String domain,

        @JsonPropertyDescription("guest when the guest shut itself down at poweredOffGeneration.")
        String poweredOffBy,

        @JsonPropertyDescription("The powerGeneration at which the guest shut itself down.")
        Long poweredOffGeneration,

        @JsonPropertyDescription("The value of lastRequestedReboot that was last acted on.")
        String lastReboot,

        @JsonPropertyDescription("When the machine last went to running, RFC 3339.")
        String launchTime,

        @JsonPropertyDescription("A command that shows what this became.")
        String lookAt,

        @JsonPropertyDescription(
                "The network interfaces that it has or is getting, and those that its guest has yet to let go.")
        List<Interface> interfaces)
        implements Conditioned {
    /**
     * A network interface of the machine; one that is not listed is detached.
     *
     * @param hostInterfaceName the HostInterface
     * @param state attaching, attached or detaching
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html">Amazon EC2
     *     API: NetworkInterfaceAttachment</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Interface(
            @JsonPropertyDescription("The HostInterface.") String hostInterfaceName,

            @JsonPropertyDescription("attaching, attached or detaching.")
            String state) {}
}
