package io.minicloud.api.acm;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A certificate for TLS, issued by the account's own authority and renewed before it expires, or imported.
 *
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/acm-overview.html">Certificate in the AWS documentation</a>
 */
@JsonClassDescription(
        "A certificate for TLS, issued by the account's own authority and renewed before it expires, or imported.")
@Group("acm.minicloud.io")
@Version("v1alpha1")
@Kind("Certificate")
@Plural("certificates")
@ShortNames({"acmcert"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "Domain", jsonPath = ".status.domainName", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Status", jsonPath = ".status.status", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "NotAfter", jsonPath = ".status.notAfter", type = AdditionalPrinterColumn.Type.STRING)
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
@ValidationRule(
        value = "size(self.metadata.name) <= 240",
        message = "the name has more than 240 characters, and -certificate is added for its Secret: use a shorter one")
public final class Certificate extends CustomResource<CertificateSpec, CertificateStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
