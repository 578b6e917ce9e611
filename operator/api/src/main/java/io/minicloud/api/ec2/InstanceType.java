package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * What an instance of this type gets. A catalogue is shipped; cluster-scoped.
 *
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html">InstanceType in the AWS documentation</a>
 */
@JsonClassDescription("What an instance of this type gets. A catalogue is shipped; cluster-scoped.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("InstanceType")
@Plural("instancetypes")
@ShortNames({"itype"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "vCPUs", jsonPath = ".spec.vCpus", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "MemoryMiB", jsonPath = ".spec.memoryMiB", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class InstanceType extends CustomResource<InstanceTypeSpec, InstanceTypeStatus> {
    private static final long serialVersionUID = 1L;
}
