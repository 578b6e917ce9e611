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
 * A network interface (ENI): addresses and a MAC in a subnet. An Instance and a NatGateway make one of their own.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html">NetworkInterface in the AWS documentation</a>
 */
@JsonClassDescription(
        "A network interface (ENI): addresses and a MAC in a subnet. An Instance and a NatGateway make one of their own.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("NetworkInterface")
@Plural("networkinterfaces")
@ShortNames({"eni"})
@Categories("minicloud")
@AdditionalPrinterColumn(
        name = "Address",
        jsonPath = ".status.privateIpAddress",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "MAC",
        jsonPath = ".status.macAddress",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Subnet", jsonPath = ".spec.subnetRef.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Instance",
        jsonPath = ".spec.attachment.instanceRef.name",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Index",
        jsonPath = ".spec.attachment.deviceIndex",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
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
public final class NetworkInterface extends CustomResource<NetworkInterfaceSpec, NetworkInterfaceStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
