package io.minicloud.controller.ec2.instance;

import java.util.Map;
import java.util.TreeMap;

/**
 * The leaves of the metadata service of one instance: paths below {@code /latest/} and their text, with the names and
 * values of AWS. Folders are not leaves: whoever serves them lists them.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html">Instance metadata
 *     categories</a>
 */
final class MetadataCompiler {
    private static final String DOCUMENT_VERSION = "2017-09-30";

    private MetadataCompiler() {}

    /** The leaves, sorted by path. */
    static Map<String, String> compile(InstanceFacts facts) {
        var leaves = new TreeMap<String, String>();
        var nic = facts.primary();
        leaves.put("meta-data/ami-id", facts.imageId());
        leaves.put("meta-data/ami-launch-index", "0");
        leaves.put("meta-data/ami-manifest-path", "(unknown)");
        leaves.put("meta-data/hostname", nic.privateDnsName());
        leaves.put("meta-data/instance-action", "none");
        leaves.put("meta-data/instance-id", facts.instanceId());
        leaves.put("meta-data/instance-life-cycle", "on-demand");
        leaves.put("meta-data/instance-type", facts.instanceType());
        leaves.put("meta-data/local-hostname", nic.privateDnsName());
        leaves.put("meta-data/local-ipv4", nic.privateIp());
        leaves.put("meta-data/mac", nic.mac());
        leaves.put("meta-data/placement/availability-zone", facts.availabilityZone());
        leaves.put("meta-data/placement/region", facts.region());
        leaves.put("meta-data/profile", "default-hvm");
        leaves.put("meta-data/security-groups", String.join("\n", nic.groupNames()));
        leaves.put("meta-data/services/domain", "amazonaws.com");
        leaves.put("meta-data/services/partition", "aws");
        if (!facts.rootDevice().isEmpty()) {
            leaves.put("meta-data/block-device-mapping/ami", facts.rootDevice());
            leaves.put("meta-data/block-device-mapping/root", "/dev/" + facts.rootDevice());
        }
        networkInterface(leaves, facts.accountId(), nic);
        facts.others().forEach(other -> networkInterface(leaves, facts.accountId(), other));
        leaves.put("dynamic/instance-identity/document", document(facts));
        return leaves;
    }

    private static void networkInterface(Map<String, String> leaves, String owner, InstanceFacts.Interface nic) {
        var folder = "meta-data/network/interfaces/macs/" + nic.mac() + "/";
        leaves.put(folder + "device-number", String.valueOf(nic.deviceNumber()));
        leaves.put(folder + "interface-id", nic.networkInterfaceId());
        leaves.put(folder + "local-hostname", nic.privateDnsName());
        leaves.put(folder + "local-ipv4s", String.join("\n", nic.privateIps()));
        leaves.put(folder + "mac", nic.mac());
        leaves.put(folder + "owner-id", owner);
        leaves.put(folder + "security-group-ids", String.join("\n", nic.groupIds()));
        leaves.put(folder + "security-groups", String.join("\n", nic.groupNames()));
        leaves.put(folder + "subnet-id", nic.subnetId());
        leaves.put(folder + "subnet-ipv4-cidr-block", nic.subnetCidr());
        leaves.put(folder + "vpc-id", nic.vpcId());
        leaves.put(folder + "vpc-ipv4-cidr-block", nic.vpcCidrs().getFirst());
        leaves.put(folder + "vpc-ipv4-cidr-blocks", String.join("\n", nic.vpcCidrs()));
    }

    /**
     * The identity document. No value can hold a character that JSON escapes: they are ids, addresses, zones and the name
     * of an object.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html">Instance
     *     identity documents</a>
     */
    private static String document(InstanceFacts facts) {
        return """
                {
                  "accountId" : "%s",
                  "architecture" : "x86_64",
                  "availabilityZone" : "%s",
                  "billingProducts" : null,
                  "devpayProductCodes" : null,
                  "marketplaceProductCodes" : null,
                  "imageId" : "%s",
                  "instanceId" : "%s",
                  "instanceType" : "%s",
                  "kernelId" : null,
                  "pendingTime" : "%s",
                  "privateIp" : "%s",
                  "ramdiskId" : null,
                  "region" : "%s",
                  "version" : "%s"
                }""".formatted(
                        facts.accountId(),
                        facts.availabilityZone(),
                        facts.imageId(),
                        facts.instanceId(),
                        facts.instanceType(),
                        facts.launchTime(),
                        facts.primary().privateIp(),
                        facts.region(),
                        DOCUMENT_VERSION);
    }
}
