package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import java.util.Map;

/**
 * What someone wants of a {@link Image}.
 *
 * @param architecture The architecture: x86_64.
 * @param format qcow2, raw or kernel: declared, never probed.
 * @param source Where a qcow2 or raw image comes from.
 * @param kernel The parts of an image of format kernel.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.format == 'kernel' ? has(self.kernel) : !has(self.kernel)",
        message = "kernel is needed with format kernel, and only then",
        fieldPath = ".kernel")
@ValidationRule(
        value = "self.format == 'kernel' ? !has(self.source) : has(self.source)",
        message = "source is needed with format qcow2 and raw, and only then",
        fieldPath = ".source")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record ImageSpec(
        @Default("x86_64") @Pattern("^x86_64$") @JsonPropertyDescription("The architecture: x86_64.")
        String architecture,

        @Required
        @Pattern("^(qcow2|raw|kernel)$")
        @JsonPropertyDescription("qcow2, raw or kernel: declared, never probed.")
        String format,

        @JsonPropertyDescription("Where a qcow2 or raw image comes from.")
        Source source,

        @JsonPropertyDescription("The parts of an image of format kernel.")
        Kernel kernel,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * Where the bytes of a disk image come from: exactly one of url and file.
     *
     * @param url http or https
     * @param file a name inside the hosts' image folder
     * @param sha256 of the bytes, 64 hex digits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(value = "has(self.url) != has(self.file)", message = "name exactly one of url and file")
    @ValidationRule(
            value = "!has(self.file) || self.file.matches('^[A-Za-z0-9_][A-Za-z0-9._-]*$')",
            message = "file must be a plain file name inside the image folder, without a slash or a leading dot",
            fieldPath = ".file")
    @ValidationRule(
            value = "!has(self.url) || self.url.matches('^https?://[^/?# ]+(/[^ ]*)?$')",
            message = "url must begin with http:// or https:// and name a host",
            fieldPath = ".url")
    public record Source(
            @Size(max = 2048) @JsonPropertyDescription("An http or https address.")
            String url,

            @Size(max = 255) @JsonPropertyDescription("A file name inside the image folder of the hosts.")
            String file,

            @Required
            @Size(max = 64)
            @Pattern("^[0-9a-f]{64}$")
            @JsonPropertyDescription("SHA-256 of the bytes, 64 lower-case hex digits.")
            String sha256) {}

    /**
     * A kernel, its initramfs and its command line, for guests that need no disk.
     *
     * @param kernel the kernel
     * @param initramfs the initramfs
     * @param cmdline the kernel's command line
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Kernel(
            @Required @JsonPropertyDescription("The kernel.")
            HostFile kernel,

            @Required @JsonPropertyDescription("The initial RAM file system.")
            HostFile initramfs,

            @Size(max = 2048) @JsonPropertyDescription("The command line of the kernel.")
            String cmdline) {}

    /**
     * A file in the hosts' image folder.
     *
     * @param file its name, without a path
     * @param sha256 of the bytes, 64 hex digits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "self.file.matches('^[A-Za-z0-9_][A-Za-z0-9._-]*$')",
            message = "file must be a plain file name inside the image folder, without a slash or a leading dot",
            fieldPath = ".file")
    public record HostFile(
            @Required @Size(max = 255) @JsonPropertyDescription("A file name inside the image folder of the hosts.")
            String file,

            @Required
            @Size(max = 64)
            @Pattern("^[0-9a-f]{64}$")
            @JsonPropertyDescription("SHA-256 of the bytes, 64 lower-case hex digits.")
            String sha256) {}
}
