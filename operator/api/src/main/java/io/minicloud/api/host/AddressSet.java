package io.minicloud.api.host;

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
 * A slice of at most 500 entries of a set of addresses: the members of a security group, of a prefix list, or which address of a VPC is on which host.
 */
@JsonClassDescription(
        "A slice of at most 500 entries of a set of addresses: the members of a security group, of a prefix list, or which address of a VPC is on which host.")
@Group("host.minicloud.io")
@Version("v1alpha1")
@Kind("AddressSet")
@Plural("addresssets")
@ShortNames({"aset"})
@Categories("minicloud-host")
@AdditionalPrinterColumn(name = "Set", jsonPath = ".spec.setId", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "VPC", jsonPath = ".spec.vpcId", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class AddressSet extends CustomResource<AddressSetSpec, AddressSetStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
