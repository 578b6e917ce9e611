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
 * A stateful firewall around network interfaces. A new group lets nothing in and everything out; the default group of a VPC
 * also lets its members in.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html">SecurityGroup in the AWS documentation</a>
 */
@JsonClassDescription(
        "A stateful firewall around network interfaces. A new group lets nothing in and everything out; the default group of a VPC also lets its members in.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("SecurityGroup")
@Plural("securitygroups")
@ShortNames({"sg"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "VPC", jsonPath = ".spec.vpcRef.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "GroupId", jsonPath = ".status.groupId", type = AdditionalPrinterColumn.Type.STRING)
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
public final class SecurityGroup extends CustomResource<SecurityGroupSpec, SecurityGroupStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
