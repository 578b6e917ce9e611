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
 * A way out for subnets that nobody may reach from outside: flows that begin in the VPC go on from the gateway's address, and
 * only their answers come back.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html">NatGateway in the AWS documentation</a>
 */
@JsonClassDescription(
        "A way out for subnets that nobody may reach from outside: flows that begin in the VPC go on from the gateway's address, and only their answers come back.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("NatGateway")
@Plural("natgateways")
@ShortNames({"nat"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "PublicIp",
        jsonPath = ".status.natGatewayAddresses[0].publicIp",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "PrivateIp",
        jsonPath = ".status.natGatewayAddresses[0].privateIp",
        type = AdditionalPrinterColumn.Type.STRING)
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
public final class NatGateway extends CustomResource<NatGatewaySpec, NatGatewayStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
