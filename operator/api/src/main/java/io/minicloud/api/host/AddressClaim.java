package io.minicloud.api.host;

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
 * An address that is taken. Internal: created, never applied, so that the API server decides who wins. Named subnet or pool id, dash, address.
 */
@JsonClassDescription(
        "An address that is taken. Internal: created, never applied, so that the API server decides who wins. Named subnet or pool id, dash, address.")
@Group("host.minicloud.io")
@Version("v1alpha1")
@Kind("AddressClaim")
@Plural("addressclaims")
@ShortNames({"aclaim"})
@Categories("minicloud-host")
@AdditionalPrinterColumn(name = "Address", jsonPath = ".spec.address", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Owner", jsonPath = ".spec.ownerName", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class AddressClaim extends CustomResource<AddressClaimSpec, AddressClaimStatus> {
    private static final long serialVersionUID = 1L;
}
