package io.minicloud.controller.ec2.instance;

import static io.minicloud.controller.ec2.instance.InstanceFixture.attached;
import static io.minicloud.controller.ec2.instance.InstanceFixture.inputs;
import static io.minicloud.controller.ec2.instance.InstanceFixture.instance;
import static io.minicloud.controller.ec2.instance.InstanceFixture.networkInterface;
import static io.minicloud.controller.ec2.instance.InstanceFixture.reported;
import static io.minicloud.controller.ec2.instance.InstanceFixture.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceSpec;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachinePlannerTest {
    private final MachinePlanner planner = new MachinePlanner("home-1");

    @Test
    void aMachineWithADisk() {
        var machine = plan("t3.micro", inputs("qcow2", "t3.micro", 2, 1024), Optional.of(volume()), "secret", null);

        var spec = machine.getSpec();
        assertThat(machine.getMetadata().getNamespace()).isEqualTo("minicloud-host-tower");
        assertThat(machine.getMetadata().getName()).isEqualTo(spec.instanceId()).matches("i-[0-9a-f]{17}");
        assertThat(spec.vCpus()).isEqualTo(2);
        assertThat(spec.memoryMiB()).isEqualTo(1024);
        assertThat(spec.hostImageName()).isNull();
        assertThat(spec.disks())
                .containsExactly(new HostMachineSpec.Disk(AwsId.of("vol", "uid-web-root"), "/dev/xvda"));
        assertThat(spec.interfaces()).containsExactly(new HostMachineSpec.Interface("eni-1", 0));
        assertThat(spec.state()).isEqualTo("running");
        assertThat(spec.powerGeneration()).isEqualTo(1L);
        assertThat(spec.metadata().userDataSecretName()).isEqualTo("secret");
    }

    @Test
    void aMachineThatBootsAKernelNamesItsImageAndNeedsNoDisk() {
        var spec = plan("t3.micro", inputs("kernel", "t3.micro", 2, 1024), Optional.empty(), null, null)
                .getSpec();

        assertThat(spec.hostImageName()).isEqualTo("ami-1");
        assertThat(spec.disks()).isEmpty();
        assertThat(spec.metadata().userDataSecretName()).isNull();
        assertThat(spec.metadata().values()).doesNotContainKey("meta-data/block-device-mapping/root");
    }

    @Test
    void itsOtherInterfacesFollowThePrimaryOne() {
        var instance = instance("t3.micro");
        var parts = parts(instance, inputs("kernel", "t3.micro", 2, 1024), Optional.empty(), null, null);

        var spec = planner.plan(
                        instance,
                        new MachinePlanner.Parts(
                                parts.host(),
                                parts.inputs(),
                                parts.eni(),
                                parts.primary(),
                                List.of(attached(instance, "db", 1, true), attached(instance, "spare", 3, true)),
                                List.of(nic(1, "10.0.1.11"), nic(3, "10.0.1.13")),
                                parts.volume(),
                                parts.power(),
                                null,
                                null))
                .getSpec();

        assertThat(spec.interfaces())
                .containsExactly(
                        new HostMachineSpec.Interface("eni-1", 0),
                        new HostMachineSpec.Interface("eni-db", 1),
                        new HostMachineSpec.Interface("eni-spare", 3));
        assertThat(spec.metadata().values())
                .containsEntry("meta-data/network/interfaces/macs/02:00:00:00:00:01/device-number", "0")
                .containsEntry("meta-data/network/interfaces/macs/02:00:00:00:00:02/local-ipv4s", "10.0.1.11")
                .containsEntry("meta-data/network/interfaces/macs/02:00:00:00:00:04/device-number", "3");
    }

    @Test
    void theGuestIsToldWhatItIs() {
        var values = plan("t3.micro", inputs("qcow2", "t3.micro", 2, 1024), Optional.of(volume()), null, null)
                .getSpec()
                .metadata()
                .values();

        assertThat(values)
                .containsEntry("meta-data/instance-type", "t3.micro")
                .containsEntry("meta-data/ami-id", "ami-1")
                .containsEntry("meta-data/local-ipv4", "10.0.1.10")
                .containsEntry("meta-data/security-groups", "default\nweb")
                .containsEntry("meta-data/placement/availability-zone", "home-1a")
                .containsEntry("meta-data/block-device-mapping/root", "/dev/xvda");
    }

    /** AWS: the metadata service is on and answers one hop away unless it is told otherwise. */
    @ParameterizedTest(name = "endpoint {0}, hops {1}: {2} {3}")
    @CsvSource({",, true, 1", "enabled,, true, 1", "disabled,, false, 1", "enabled, 3, true, 3"})
    void theMetadataServiceAsAskedFor(String endpoint, Integer hops, boolean enabled, int hopLimit) {
        var instance = instance("t3.micro");
        var spec = instance.getSpec();
        instance.setSpec(new InstanceSpec(
                spec.imageRef(),
                spec.instanceType(),
                spec.subnetRef(),
                null,
                null,
                null,
                true,
                null,
                null,
                endpoint == null ? null : new InstanceSpec.MetadataOptions(endpoint, "required", hops),
                false,
                false,
                null,
                "running",
                null));

        var metadata = planner.plan(
                        instance, parts(instance, inputs("kernel", "t3.micro", 2, 1024), Optional.empty(), null, null))
                .getSpec()
                .metadata();

        assertThat(metadata.enabled()).isEqualTo(enabled);
        assertThat(metadata.hopLimit()).isEqualTo(hopLimit);
    }

    /** AWS: type and user data change only while the instance is stopped. */
    @ParameterizedTest(name = "a {0} machine: {1} with {2}")
    @CsvSource({"running, t3.micro, 1024, old", "stopping, t3.micro, 1024, old", "stopped, t3.small, 2048, new"})
    void aMachineKeepsItsTypeAndUserDataUntilItIsStopped(String state, String type, int memoryMiB, String secret) {
        var before = reported(
                plan("t3.micro", inputs("kernel", "t3.micro", 2, 1024), Optional.empty(), "old", null), state, null);

        var spec = plan("t3.small", inputs("kernel", "t3.small", 2, 2048), Optional.empty(), "new", before)
                .getSpec();

        assertThat(spec.memoryMiB()).isEqualTo(memoryMiB);
        assertThat(spec.metadata().values()).containsEntry(PowerPlan.TYPE_LEAF, type);
        assertThat(spec.metadata().userDataSecretName()).isEqualTo(secret);
    }

    @Test
    void theSecondPlanIsTheFirst() {
        var inputs = inputs("qcow2", "t3.micro", 2, 1024);
        var first = plan("t3.micro", inputs, Optional.of(volume()), "secret", null);

        var second = plan("t3.micro", inputs, Optional.of(volume()), "secret", reported(first, "running", null));

        assertThat(second.getSpec()).isEqualTo(first.getSpec());
    }

    private HostMachine plan(
            String type, InstanceInputs inputs, Optional<Volume> volume, String secret, HostMachine before) {
        var instance = instance(type);
        return planner.plan(instance, parts(instance, inputs, volume, secret, before));
    }

    private static MachinePlanner.Parts parts(
            Instance instance, InstanceInputs inputs, Optional<Volume> volume, String secret, HostMachine before) {
        var power = PowerPlan.of(instance.getSpec(), secret, before);
        return new MachinePlanner.Parts(
                "tower",
                inputs,
                networkInterface(true),
                nic(0, "10.0.1.10"),
                List.of(),
                List.of(),
                volume,
                power,
                secret,
                before);
    }

    private static InstanceFacts.Interface nic(int index, String address) {
        return new InstanceFacts.Interface(
                index,
                "eni-" + (index + 1),
                "02:00:00:00:00:0" + (index + 1),
                List.of(address),
                "ip-10-0-1-10.home-1.compute.internal",
                "subnet-1",
                "10.0.1.0/24",
                "vpc-1",
                List.of("10.0.0.0/16"),
                List.of("sg-1", "sg-2"),
                List.of("default", "web"));
    }
}
