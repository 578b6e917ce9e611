package io.minicloud.api.ec2;

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
 * A public address of an account, kept until it is deleted, whatever it is associated with meanwhile.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html">ElasticIp in the AWS documentation</a>
 */
@JsonClassDescription(
        "A public address of an account, kept until it is deleted, whatever it is associated with meanwhile.")
@Group("ec2.minicloud.io")
@Version("v1alpha1")
@Kind("ElasticIp")
@Plural("elasticips")
@ShortNames({"eip"})
@Categories("minicloud")
@AdditionalPrinterColumn(name = "PublicIp", jsonPath = ".status.publicIp", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "NetworkInterfaceId",
        jsonPath = ".status.networkInterfaceId",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "PrivateIp",
        jsonPath = ".status.privateIpAddress",
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
public final class ElasticIp extends CustomResource<ElasticIpSpec, ElasticIpStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
