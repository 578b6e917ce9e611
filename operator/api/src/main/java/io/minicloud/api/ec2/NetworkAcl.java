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
 * A stateless firewall around subnets: its entries judge every packet that crosses the border of a subnet, answers too, the
 * lowest number first. A new one denies everything; the default one of a VPC allows everything.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html">NetworkAcl in the AWS documentation</a>
 */
@JsonClassDescription(
        "A stateless firewall around subnets: its entries judge every packet that crosses the border of a subnet, answers too, the lowest number first. A new one denies everything; the default one of a VPC allows everything.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("NetworkAcl")
@Plural("networkacls")
@ShortNames({"nacl"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "VPC", jsonPath = ".spec.vpcRef.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "NetworkAclId",
        jsonPath = ".status.networkAclId",
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
public final class NetworkAcl extends CustomResource<NetworkAclSpec, NetworkAclStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
