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
 * The way between a VPC and the world: it exchanges the private address of each interface that has a public one for that, and lets nothing else pass.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html">InternetGateway in the AWS documentation</a>
 */
@JsonClassDescription(
        "The way between a VPC and the world: it exchanges the private address of each interface that has a public one for that, and lets nothing else pass.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("InternetGateway")
@Plural("internetgateways")
@ShortNames({"igw"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "VPC", jsonPath = ".spec.vpcRef.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "InternetGatewayId",
        jsonPath = ".status.internetGatewayId",
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
public final class InternetGateway extends CustomResource<InternetGatewaySpec, InternetGatewayStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
