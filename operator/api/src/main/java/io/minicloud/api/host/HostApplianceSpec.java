package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * What someone wants of a {@link HostAppliance}.
 *
 * @param network Vpc: a namespace of its own with interfaces. Host: the network of the machine.
 * @param hostInterfaceNames The HostInterfaces in order.
 * @param containers The containers that share the namespace.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostApplianceSpec(
        @Default("Vpc")
        @Pattern("^(Vpc|Host)$")
        @JsonPropertyDescription("Vpc: a namespace of its own with interfaces. Host: the network of the machine.")
        String network,

        @Size(max = 15) @JsonPropertyDescription("The HostInterfaces in order.")
        List<@Size(max = 253) String> hostInterfaceNames,

        @Size(max = 8) @JsonPropertyDescription("The containers that share the namespace.")
        List<Container> containers) {
    /**
     * A container run by podman.
     *
     * @param name its name in the appliance
     * @param image the image
     * @param restartPolicy Always or ByAgent
     * @param memoryMiB the memory limit
     * @param pidsLimit the process limit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Container(
            @Required @Size(max = 63) @JsonPropertyDescription("The name in the appliance.")
            String name,

            @Required @Size(max = 255) @JsonPropertyDescription("The image.")
            String image,

            @Default("Always") @Pattern("^(Always|ByAgent)$") @JsonPropertyDescription("Always or ByAgent.")
            String restartPolicy,

            @Required @Min(8) @Max(1048576) @JsonPropertyDescription("The memory limit in MiB.")
            Integer memoryMiB,

            @Required @Min(1) @Max(32768) @JsonPropertyDescription("The process limit.")
            Integer pidsLimit) {}
}
