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
 * A range of addresses of a VPC in one availability zone.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html">Subnet in the AWS documentation</a>
 */
@JsonClassDescription("A range of addresses of a VPC in one availability zone.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("Subnet")
@Plural("subnets")
@ShortNames({"sn"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "CIDR", jsonPath = ".spec.cidrBlock", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "VPC", jsonPath = ".spec.vpcRef.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Zone", jsonPath = ".spec.availabilityZone", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Free",
        jsonPath = ".status.availableIpAddressCount",
        type = AdditionalPrinterColumn.Type.INTEGER)
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
public final class Subnet extends CustomResource<SubnetSpec, SubnetStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
