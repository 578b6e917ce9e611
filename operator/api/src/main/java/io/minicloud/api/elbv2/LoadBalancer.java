package io.minicloud.api.elbv2;

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
 * One name for many targets: it takes what clients send in each of its subnets and hands it on to targets that are healthy.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html">LoadBalancer in the AWS documentation</a>
 */
@JsonClassDescription(
        "One name for many targets: it takes what clients send in each of its subnets and hands it on to targets that are healthy.")
@Group("elbv2.minicloud.io")
@Version("v1alpha1")
@Kind("LoadBalancer")
@Plural("loadbalancers")
@ShortNames({"lb"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.type", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "DnsName", jsonPath = ".status.dnsName", type = AdditionalPrinterColumn.Type.STRING)
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
        value =
                "size(self.metadata.name) <= 32 && self.metadata.name.matches('^[a-z0-9-]+$') && !self.metadata.name.startsWith('internal-')",
        message =
                "the name of a load balancer has at most 32 lower-case letters, digits and hyphens and does not begin with internal-")
public final class LoadBalancer extends CustomResource<LoadBalancerSpec, LoadBalancerStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
