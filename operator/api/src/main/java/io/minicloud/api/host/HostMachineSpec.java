package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link HostMachine}.
 *
 * @param instanceId The AWS id of the instance.
 * @param vCpus Virtual processors.
 * @param memoryMiB Memory in MiB.
 * @param hostImageName A HostImage of format kernel to boot from; a disk is booted when absent.
 * @param disks The disks in order; the first is the root disk.
 * @param interfaces The network interfaces in order of their device index.
 * @param metadata What the metadata service serves to this machine.
 * @param state What is wanted: running or stopped.
 * @param powerGeneration Grows when someone asks for power anew: a guest that shut itself down at a lower one is started again.
 * @param lastRequestedReboot A new value reboots the guest once.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostMachineSpec(
        @Required @Pattern("^i-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the instance.")
        String instanceId,

        @Required @Min(1) @Max(192) @JsonPropertyDescription("Virtual processors.")
        Integer vCpus,

        @Required @Min(64) @Max(1572864) @JsonPropertyDescription("Memory in MiB.")
        Integer memoryMiB,

        @Size(max = 253)
        @JsonPropertyDescription("A HostImage of format kernel to boot from; a disk is booted when absent.")
        String hostImageName,

        @Size(max = 28) @JsonPropertyDescription("The disks in order; the first is the root disk.")
        List<Disk> disks,

        @Required
        @Size(min = 1, max = 15)
        @JsonPropertyDescription("The network interfaces in order of their device index.")
        List<Interface> interfaces,

        @JsonPropertyDescription("What the metadata service serves to this machine.")
        Metadata metadata,

        @Required @Pattern("^(running|stopped)$") @JsonPropertyDescription("What is wanted: running or stopped.")
        String state,

        @Required
        @Min(0)
        @JsonPropertyDescription(
                "Grows when someone asks for power anew: a guest that shut itself down at a lower one is started again.")
        Long powerGeneration,

        @Size(max = 64) @JsonPropertyDescription("A new value reboots the guest once.")
        String lastRequestedReboot) {
    /**
     * A disk of the machine.
     *
     * @param hostDiskName the HostDisk
     * @param device the name that AWS gives the device, e.g. {@code /dev/xvda}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Disk(
            @Required @Size(max = 253) @JsonPropertyDescription("The HostDisk.")
            String hostDiskName,

            @Required @Size(max = 32) @JsonPropertyDescription("The device name, for example /dev/xvda.")
            String device) {}

    /**
     * A network interface of the machine.
     *
     * @param hostInterfaceName the HostInterface
     * @param deviceIndex its place; 0 is the primary one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Interface(
            @Required @Size(max = 253) @JsonPropertyDescription("The HostInterface.")
            String hostInterfaceName,

            @Required @Min(0) @Max(15) @JsonPropertyDescription("Its place; 0 is the primary one.")
            Integer deviceIndex) {}

    /**
     * What the metadata service serves, compiled by the controller.
     *
     * @param enabled whether it answers at all
     * @param hopLimit the TTL of the token's response
     * @param values the leaves below {@code /latest/}: path without leading slash to text, e.g. {@code meta-data/instance-id}
     * @param userDataSecretName the Secret in this namespace with the user data under the key {@code userData}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Metadata(
            @Required @JsonPropertyDescription("Whether the service answers at all.")
            Boolean enabled,

            @Required @Min(1) @Max(64) @JsonPropertyDescription("The TTL of the response that carries a token.")
            Integer hopLimit,

            @Required
            @Size(max = 256)
            @JsonPropertyDescription("The leaves below /latest/: path without the leading slash, and text.")
            Map<String, @Size(max = 4096) String> values,

            @Size(max = 253) @JsonPropertyDescription("The Secret with the user data under the key userData.")
            String userDataSecretName) {}
}
