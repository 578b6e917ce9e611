package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A machine image (AMI): what root disks are cloned from, or a kernel with an initramfs for tiny guests.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html">Image in the AWS documentation</a>
 */
@JsonClassDescription(
        "A machine image (AMI): what root disks are cloned from, or a kernel with an initramfs for tiny guests.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("Image")
@Plural("images")
@ShortNames({"ami"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "Format", jsonPath = ".spec.format", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "ImageId", jsonPath = ".status.imageId", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Image extends CustomResource<ImageSpec, ImageStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
