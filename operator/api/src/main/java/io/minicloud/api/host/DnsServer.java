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

/** An address at which every host answers the world for the names that {@link DnsRecord}s give, and for no others. */
@JsonClassDescription(
        "An address at which every host answers the world for the names that DnsRecords give, and for no others.")
@Group("host.minicloud.io")
@Version("v1alpha1")
@Kind("DnsServer")
@Plural("dnsservers")
@ShortNames({"dnss"})
@Categories("minicloud-host")
@AdditionalPrinterColumn(name = "Address", jsonPath = ".spec.address", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class DnsServer extends CustomResource<DnsServerSpec, DnsServerStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
