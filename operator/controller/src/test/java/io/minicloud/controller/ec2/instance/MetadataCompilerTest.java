package io.minicloud.controller.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expectations by hand from the table "Instance metadata categories" of the EC2 user guide. */
class MetadataCompilerTest {
    private static final String NIC = "meta-data/network/interfaces/macs/02:8a:11:22:33:44/";

    @Test
    void whatTheGuestAsksFirst() {
        assertThat(MetadataCompiler.compile(facts("xvda")))
                .containsEntry("meta-data/instance-id", "i-0123456789abcdef0")
                .containsEntry("meta-data/instance-type", "t3.micro")
                .containsEntry("meta-data/ami-id", "ami-0123456789abcdef0")
                .containsEntry("meta-data/local-ipv4", "10.0.1.10")
                .containsEntry("meta-data/mac", "02:8a:11:22:33:44")
                .containsEntry("meta-data/hostname", "ip-10-0-1-10.home-1.compute.internal")
                .containsEntry("meta-data/local-hostname", "ip-10-0-1-10.home-1.compute.internal")
                .containsEntry("meta-data/placement/availability-zone", "home-1a")
                .containsEntry("meta-data/placement/region", "home-1")
                .containsEntry("meta-data/security-groups", "default\nweb")
                .containsEntry("meta-data/services/domain", "amazonaws.com")
                .containsEntry("meta-data/services/partition", "aws")
                .containsEntry("meta-data/instance-life-cycle", "on-demand");
    }

    @Test
    void theInterfaceByItsMac() {
        assertThat(MetadataCompiler.compile(facts("xvda")))
                .containsEntry(NIC + "device-number", "0")
                .containsEntry(NIC + "interface-id", "eni-0123456789abcdef0")
                .containsEntry(NIC + "local-ipv4s", "10.0.1.10\n10.0.1.11")
                .containsEntry(NIC + "mac", "02:8a:11:22:33:44")
                .containsEntry(NIC + "owner-id", "111122223333")
                .containsEntry(NIC + "security-group-ids", "sg-01\nsg-02")
                .containsEntry(NIC + "security-groups", "default\nweb")
                .containsEntry(NIC + "subnet-id", "subnet-01")
                .containsEntry(NIC + "subnet-ipv4-cidr-block", "10.0.1.0/24")
                .containsEntry(NIC + "vpc-id", "vpc-01")
                .containsEntry(NIC + "vpc-ipv4-cidr-block", "10.0.0.0/16")
                .containsEntry(NIC + "vpc-ipv4-cidr-blocks", "10.0.0.0/16\n100.64.0.0/24");
    }

    @Test
    void everyOtherInterfaceByItsMac() {
        var nic = "meta-data/network/interfaces/macs/02:8a:11:22:33:45/";

        assertThat(MetadataCompiler.compile(facts("xvda")))
                .containsEntry(nic + "device-number", "2")
                .containsEntry(nic + "interface-id", "eni-0123456789abcdef1")
                .containsEntry(nic + "local-ipv4s", "10.0.2.10")
                .containsEntry(nic + "security-groups", "db")
                .containsEntry(nic + "subnet-id", "subnet-02")
                .containsEntry(nic + "subnet-ipv4-cidr-block", "10.0.2.0/24")
                .containsEntry(nic + "vpc-id", "vpc-01")
                .containsEntry("meta-data/mac", "02:8a:11:22:33:44")
                .containsEntry("meta-data/local-ipv4", "10.0.1.10");
    }

    /** AWS: no instance type has more than 15 on one card; a machine may have so many leaves. */
    @Test
    void fifteenInterfacesFitIntoAMachine() {
        var facts = facts("xvda");
        var others = IntStream.range(1, 15)
                .mapToObj(index -> new InstanceFacts.Interface(
                        index,
                        "eni-" + index,
                        "02:8a:11:22:33:%02x".formatted(index),
                        List.of("10.0.2." + (9 + index)),
                        "",
                        "subnet-02",
                        "10.0.2.0/24",
                        "vpc-01",
                        List.of("10.0.0.0/16"),
                        List.of(),
                        List.of()))
                .toList();
        var fifteen = new InstanceFacts(
                facts.instanceId(),
                facts.instanceType(),
                facts.imageId(),
                facts.launchTime(),
                facts.accountId(),
                facts.region(),
                facts.availabilityZone(),
                facts.rootDevice(),
                facts.primary(),
                others);

        assertThat(MetadataCompiler.compile(fifteen)).hasSizeBetween(129, 256);
    }

    @Test
    void theIdentityDocument() {
        assertThat(MetadataCompiler.compile(facts("xvda")).get("dynamic/instance-identity/document"))
                .isEqualTo("""
                        {
                          "accountId" : "111122223333",
                          "architecture" : "x86_64",
                          "availabilityZone" : "home-1a",
                          "billingProducts" : null,
                          "devpayProductCodes" : null,
                          "marketplaceProductCodes" : null,
                          "imageId" : "ami-0123456789abcdef0",
                          "instanceId" : "i-0123456789abcdef0",
                          "instanceType" : "t3.micro",
                          "kernelId" : null,
                          "pendingTime" : "2026-01-01T00:00:00Z",
                          "privateIp" : "10.0.1.10",
                          "ramdiskId" : null,
                          "region" : "home-1",
                          "version" : "2017-09-30"
                        }""");
    }

    @Test
    void theRootDeviceIsThereOnlyWithADisk() {
        assertThat(MetadataCompiler.compile(facts("xvda")))
                .containsEntry("meta-data/block-device-mapping/root", "/dev/xvda")
                .containsEntry("meta-data/block-device-mapping/ami", "xvda");
        assertThat(MetadataCompiler.compile(facts("")).keySet())
                .noneMatch(path -> path.startsWith("meta-data/block-device-mapping"));
    }

    @Test
    void noLeafIsAlsoAFolder() {
        var paths = MetadataCompiler.compile(facts("xvda")).keySet();
        assertThat(paths).allSatisfy(path -> assertThat(paths).noneMatch(other -> other.startsWith(path + "/")));
    }

    private static InstanceFacts facts(String rootDevice) {
        return new InstanceFacts(
                "i-0123456789abcdef0",
                "t3.micro",
                "ami-0123456789abcdef0",
                "2026-01-01T00:00:00Z",
                "111122223333",
                "home-1",
                "home-1a",
                rootDevice,
                new InstanceFacts.Interface(
                        0,
                        "eni-0123456789abcdef0",
                        "02:8a:11:22:33:44",
                        List.of("10.0.1.10", "10.0.1.11"),
                        "ip-10-0-1-10.home-1.compute.internal",
                        "subnet-01",
                        "10.0.1.0/24",
                        "vpc-01",
                        List.of("10.0.0.0/16", "100.64.0.0/24"),
                        List.of("sg-01", "sg-02"),
                        List.of("default", "web")),
                List.of(new InstanceFacts.Interface(
                        2,
                        "eni-0123456789abcdef1",
                        "02:8a:11:22:33:45",
                        List.of("10.0.2.10"),
                        "ip-10-0-2-10.home-1.compute.internal",
                        "subnet-02",
                        "10.0.2.0/24",
                        "vpc-01",
                        List.of("10.0.0.0/16"),
                        List.of("sg-03"),
                        List.of("db"))));
    }
}
