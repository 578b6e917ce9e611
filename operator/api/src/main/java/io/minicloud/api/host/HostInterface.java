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
 * One network interface (ENI) on one host: a port of a subnet bridge. Alone owns the port.
 */
@JsonClassDescription("One network interface (ENI) on one host: a port of a subnet bridge. Alone owns the port.")
@Group("host.minicloud.io")
@Version("v1alpha1")
@Kind("HostInterface")
@Plural("hostinterfaces")
@ShortNames({"hif"})
@Categories("minicloud-host")
@AdditionalPrinterColumn(
        name = "Address",
        jsonPath = ".spec.privateIpAddresses[0]",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Port", jsonPath = ".status.portName", type = AdditionalPrinterColumn.Type.STRING)
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
public final class HostInterface extends CustomResource<HostInterfaceSpec, HostInterfaceStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
