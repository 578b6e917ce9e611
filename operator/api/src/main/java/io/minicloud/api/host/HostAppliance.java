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
 * What sits in a VPC and is no virtual machine: a network namespace with network interfaces, and what it forwards between them.
 */
@JsonClassDescription(
        "What sits in a VPC and is no virtual machine: a network namespace with network interfaces, and what it forwards between them.")
@Group("host.minicloud.io")
@Version("v1alpha1")
@Kind("HostAppliance")
@Plural("hostappliances")
@ShortNames({"happ"})
@Categories("minicloud-host")
@AdditionalPrinterColumn(
        name = "Namespace",
        jsonPath = ".status.networkNamespace",
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
public final class HostAppliance extends CustomResource<HostApplianceSpec, HostApplianceStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
