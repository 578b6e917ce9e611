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
 * A machine of this cloud. Made by the installer; its status is written by its agent.
 */
@JsonClassDescription("A machine of this cloud. Made by the installer; its status is written by its agent.")
@Group("host.minicloud.io")
@Version("v1alpha1")
@Kind("Host")
@Plural("hosts")
@ShortNames({"hst"})
@Categories("minicloud-host")
@AdditionalPrinterColumn(name = "Zones", jsonPath = ".spec.zones", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "vCPUs",
        jsonPath = ".status.capacity.vCpus",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "MemoryMiB",
        jsonPath = ".status.capacity.memoryMiB",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Virtualization",
        jsonPath = ".status.virtualization",
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
public final class Host extends CustomResource<HostSpec, HostStatus> {
    private static final long serialVersionUID = 1L;
}
