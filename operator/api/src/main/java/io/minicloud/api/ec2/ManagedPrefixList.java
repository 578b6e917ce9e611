package io.minicloud.api.ec2;

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
 * A set of ranges with a name, which the rules of security groups and the routes of route tables may name. Its prefixListName
 * is the name of the object.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html">ManagedPrefixList in the AWS documentation</a>
 */
@JsonClassDescription(
        "A set of ranges with a name, which the rules of security groups and the routes of route tables may name. Its prefixListName is the name of the object.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("ManagedPrefixList")
@Plural("managedprefixlists")
@ShortNames({"pl"})
@Categories("minicloud")
@AdditionalPrinterColumn(
        name = "MaxEntries",
        jsonPath = ".spec.maxEntries",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "PrefixListId",
        jsonPath = ".status.prefixListId",
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
@ValidationRule(
        value = "!self.metadata.name.startsWith('com.amazonaws')",
        message = "a prefix list's name must not begin with com.amazonaws: AWS reserves that, choose another")
public final class ManagedPrefixList extends CustomResource<ManagedPrefixListSpec, ManagedPrefixListStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
