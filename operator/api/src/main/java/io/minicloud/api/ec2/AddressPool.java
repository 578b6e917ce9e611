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
 * Where public addresses come from: ranges that the administrator has for this cloud; cluster-scoped.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PublicIpv4Pool.html">PublicIpv4Pool in the AWS documentation</a>
 */
@JsonClassDescription(
        "Where public addresses come from: ranges that the administrator has for this cloud; cluster-scoped.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("AddressPool")
@Plural("addresspools")
@ShortNames({"apool"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Total",
        jsonPath = ".status.totalAddressCount",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Available",
        jsonPath = ".status.availableAddressCount",
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
public final class AddressPool extends CustomResource<AddressPoolSpec, AddressPoolStatus> {
    private static final long serialVersionUID = 1L;
}
