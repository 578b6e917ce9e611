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
 * The addresses that a name of the domain {@code minicloud} stands for; every host answers for it. The object's own name is the
 * name.
 */
@JsonClassDescription(
        "The addresses that a name of the domain minicloud stands for; every host answers for it. The object's own name is the name.")
@Group("host.minicloud.io")
@Version("v1alpha1")
@Kind("DnsRecord")
@Plural("dnsrecords")
@ShortNames({"dnsr"})
@Categories("minicloud-host")
@AdditionalPrinterColumn(name = "Addresses", jsonPath = ".spec.addresses", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class DnsRecord extends CustomResource<DnsRecordSpec, DnsRecordStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
