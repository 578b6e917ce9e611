package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What someone wants of a {@link HostImage}.
 *
 * @param imageId The AWS id of the image.
 * @param format qcow2, raw or kernel.
 * @param disk The disk image; for qcow2 and raw.
 * @param kernel The kernel; for format kernel.
 * @param initramfs The initramfs; for format kernel.
 * @param cmdline The command line of the kernel.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "self.format == 'kernel' ? has(self.kernel) && has(self.initramfs) && !has(self.disk) : has(self.disk) && !has(self.kernel) && !has(self.initramfs)",
        message = "format kernel has kernel and initramfs; qcow2 and raw have disk")
public record HostImageSpec(
        @Required @Pattern("^ami-[0-9a-f]{17}$") @JsonPropertyDescription("The AWS id of the image.")
        String imageId,

        @Required @Pattern("^(qcow2|raw|kernel)$") @JsonPropertyDescription("qcow2, raw or kernel.")
        String format,

        @JsonPropertyDescription("The disk image; for qcow2 and raw.")
        Part disk,

        @JsonPropertyDescription("The kernel; for format kernel.")
        Part kernel,

        @JsonPropertyDescription("The initramfs; for format kernel.")
        Part initramfs,

        @Size(max = 2048) @JsonPropertyDescription("The command line of the kernel.")
        String cmdline) {
    /**
     * One file: exactly one of url and file.
     *
     * @param url http or https
     * @param file a name inside the image folder
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
    public record Part(
            @Size(max = 2048) @JsonPropertyDescription("An http or https address.")
            String url,

            @Size(max = 255) @JsonPropertyDescription("A file name inside the image folder.")
            String file,

            @Required @Size(max = 64) @Pattern("^[0-9a-f]{64}$") @JsonPropertyDescription("SHA-256 of the bytes.")
            String sha256) {}
}
