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
 * A set of routes that say where traffic that leaves a subnet goes. The route to the VPC itself is always there; a subnet
 * that no table names has the main one.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html">RouteTable in the AWS documentation</a>
 */
@JsonClassDescription(
        "A set of routes that say where traffic that leaves a subnet goes. The route to the VPC itself is always there; a subnet that no table names has the main one.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("RouteTable")
@Plural("routetables")
@ShortNames({"rtb"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "VPC", jsonPath = ".spec.vpcRef.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "RouteTableId",
        jsonPath = ".status.routeTableId",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Main", jsonPath = ".status.main", type = AdditionalPrinterColumn.Type.BOOLEAN)
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
public final class RouteTable extends CustomResource<RouteTableSpec, RouteTableStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
