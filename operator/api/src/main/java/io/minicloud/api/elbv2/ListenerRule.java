package io.minicloud.api.elbv2;

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
 * What a listener does with the requests that meet every condition. Rules are tried by priority, the lowest number first.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Rule.html">ListenerRule in the AWS documentation</a>
 */
@JsonClassDescription(
        "What a listener does with the requests that meet every condition. Rules are tried by priority, the lowest number first.")
@Group("elbv2.minicloud.io")
@Version("v1alpha1")
@Kind("ListenerRule")
@Plural("listenerrules")
@ShortNames({"lsr"})
@Categories("minicloud")
@AdditionalPrinterColumn(
        name = "Listener",
        jsonPath = ".spec.listenerRef.name",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Priority", jsonPath = ".spec.priority", type = AdditionalPrinterColumn.Type.INTEGER)
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
public final class ListenerRule extends CustomResource<ListenerRuleSpec, ListenerRuleStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
