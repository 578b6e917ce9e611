package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.ImageSpec;
import io.minicloud.api.ec2.ImageStatus;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceSpec;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.InstanceTypeSpec;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcSpec;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.controller.attachment.Attachments;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance and everything that it refers to. */
final class InstanceFixture {
    static final String ACCOUNT = "111122223333";

    private InstanceFixture() {}

    static Instance instance(String type) {
        return instance(type, "running");
    }

    static Instance instance(String type, String state) {
        var instance = named(new Instance(), "web");
        instance.getMetadata().setCreationTimestamp("2026-11-21T09:00:00Z");
        instance.setSpec(new InstanceSpec(
                new LocalRef("img"),
                type,
                new LocalRef("a"),
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                false,
                false,
                null,
                state,
                null));
        return instance;
    }

    /** What a launch from an image of this format resolves to. */
    static InstanceInputs inputs(String format, String type, int vCpus, int memoryMiB) {
        var image = named(new Image(), "img");
        image.setSpec(new ImageSpec("x86_64", format, null, null, null));
        image.setStatus(new ImageStatus(List.of(), 1L, null, "ami-1", "available", 3));
        var instanceType = named(new InstanceType(), type);
        instanceType.setSpec(new InstanceTypeSpec(vCpus, memoryMiB, 2, 2));
        var subnet = named(new Subnet(), "a");
        subnet.setSpec(new SubnetSpec(new LocalRef("main"), "10.0.1.0/24", "home-1a", null, null));
        var vpc = named(new Vpc(), "main");
        vpc.setSpec(new VpcSpec("10.0.0.0/16", null, null, null, null, null));
        var root = format.equals("kernel")
                ? Optional.<RootVolume>empty()
                : Optional.of(new RootVolume("/dev/xvda", 3, "gp3", true, new LocalRef("img")));
        return new InstanceInputs(ACCOUNT, image, instanceType, subnet, vpc, root);
    }

    static NetworkInterface networkInterface(boolean programmed) {
        return networkInterface(programmed, null);
    }

    static NetworkInterface networkInterface(boolean programmed, @Nullable String publicIp) {
        var eni = named(new NetworkInterface(), "web-eth0");
        eni.setStatus(new NetworkInterfaceStatus(
                List.of(new Condition("Programmed", programmed ? "True" : "False", 1L, "", "Test", "")),
                1L,
                null,
                "eni-1",
                "02:00:00:00:00:01",
                "10.0.1.10",
                "ip-10-0-1-10.home-1.compute.internal",
                "subnet-1",
                "vpc-1",
                "home-1a",
                "in-use",
                List.of("sg-1", "sg-2"),
                "tower",
                publicIp == null
                        ? null
                        : new NetworkInterfaceStatus.Association(publicIp, "eipalloc-1", "eipassoc-1", ACCOUNT, null),
                "interface",
                null,
                false,
                null,
                List.of(new NetworkInterfaceStatus.PrivateIpAddress("10.0.1.10", true, null)),
                null));
        return eni;
    }

    /** An interface that is bound to an instance. */
    static NetworkInterface attached(Instance instance, String name, int index, boolean programmed) {
        var eni = named(new NetworkInterface(), name);
        var self = new LocalRef(instance.getMetadata().getName());
        eni.setSpec(new NetworkInterfaceSpec(
                new LocalRef("a"),
                null,
                null,
                true,
                null,
                new NetworkInterfaceSpec.Attachment(self, null, null, index, false),
                null,
                null,
                null,
                null));
        eni.setStatus(new NetworkInterfaceStatus(
                List.of(new Condition("Programmed", programmed ? "True" : "False", 1L, "", "Test", "")),
                1L,
                null,
                "eni-" + name,
                "02:00:00:00:00:02",
                "10.0.1.20",
                "",
                "subnet-1",
                "vpc-1",
                "home-1a",
                "attaching",
                List.of(),
                "tower",
                null,
                "interface",
                null,
                false,
                null,
                List.of(
                        new NetworkInterfaceStatus.PrivateIpAddress("10.0.1.20", true, null),
                        new NetworkInterfaceStatus.PrivateIpAddress("10.0.1.21", false, null)),
                new NetworkInterfaceStatus.Attachment(
                        "eni-attach-1", Attachments.instanceId(instance), self, index, "attaching", false)));
        return eni;
    }

    static Volume volume() {
        return named(new Volume(), "web-root");
    }

    /** The machine that was planned, as its agent reports it. */
    static HostMachine reported(HostMachine machine, String state, String poweredOffBy) {
        machine.getMetadata().setGeneration(1L);
        machine.setStatus(new HostMachineStatus(
                List.of(new Condition("Programmed", "True", 1L, "", "Test", "")),
                1L,
                state,
                "mcm1",
                poweredOffBy,
                null,
                null,
                "2026-11-21T09:00:05Z",
                null,
                null));
        return machine;
    }

    private static <R extends CustomResource<?, ?>> R named(R object, String name) {
        object.getMetadata().setNamespace("lab");
        object.getMetadata().setName(name);
        object.getMetadata().setUid("uid-" + name);
        object.getMetadata().setGeneration(1L);
        return object;
    }
}
