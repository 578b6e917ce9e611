package io.minicloud.agent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.reconcile.identity.OwnerTag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainXmlTest {
    private static final OwnerTag OWNER = new OwnerTag("installation", "minicloud-host-a", "hostmachine", "uid-1");

    private final MachineDefinition fromDisk = new MachineDefinition(
            "mcm0123456789a",
            "i-0123456789abcdef0",
            new MachineNotes(OWNER, 3, true, Instant.parse("2026-11-21T10:00:00Z"), "<today & now>", Instant.EPOCH),
            2,
            1024,
            null,
            List.of(
                    new MachineDefinition.DiskDevice(Path.of("/disks/vol-1"), "qcow2", "vol1"),
                    new MachineDefinition.DiskDevice(Path.of("/disks/vol-2"), "raw", "vol2")),
            List.of(new MachineDefinition.NetworkDevice("eni-1", "mct0123456789a", "02:00:00:00:00:01", true)),
            Path.of("/run/console.log"));

    @Test
    void disksUnderKvm() throws IOException {
        assertThat(new DomainXml(Accelerator.KVM).render(fromDisk)).isEqualToIgnoringNewLines(golden("kvm-disks.xml"));
    }

    @Test
    void kernelUnderQemu() throws IOException {
        var kernel = new MachineDefinition.DirectKernel(
                Path.of("/images/vmlinuz"), Path.of("/images/initramfs"), "console=ttyS0 \"a<b\"");
        var machine = new MachineDefinition(
                fromDisk.name(),
                fromDisk.instanceId(),
                MachineNotes.started(OWNER, 1, null),
                1,
                64,
                kernel,
                List.of(),
                fromDisk.networks(),
                fromDisk.consoleLog());

        assertThat(new DomainXml(Accelerator.QEMU).render(machine))
                .isEqualToIgnoringNewLines(golden("qemu-kernel.xml"));
    }

    @Test
    void notesComeBackAsTheyWere() {
        var xml = new DomainXml(Accelerator.QEMU).render(fromDisk);

        assertThat(NotesXml.read(xml)).contains(fromDisk.notes());
        assertThat(NotesXml.read("<domain><name>foreign</name></domain>")).isEmpty();
    }

    @Test
    void uuidIsWhatCloudInitKnowsEc2By() {
        assertThat(MachineUuid.of("i-1")).matches("ec2[0-9a-f]{5}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(MachineUuid.of("i-1")).isEqualTo(MachineUuid.of("i-1")).isNotEqualTo(MachineUuid.of("i-2"));
    }

    private static String golden(String name) throws IOException {
        try (var stream = DomainXmlTest.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
