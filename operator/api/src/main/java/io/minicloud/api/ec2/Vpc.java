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
 * A virtual private cloud: an isolated network with address ranges of its own.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html">Vpc in the AWS documentation</a>
 */
@JsonClassDescription("A virtual private cloud: an isolated network with address ranges of its own.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("Vpc")
@Plural("vpcs")
@ShortNames({})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "CIDR", jsonPath = ".spec.cidrBlock", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "VpcId", jsonPath = ".status.vpcId", type = AdditionalPrinterColumn.Type.STRING)
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
public final class Vpc extends CustomResource<VpcSpec, VpcStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
