package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.disk.QcowDiskStore;
import io.minicloud.agent.hypervisor.Accelerator;
import io.minicloud.agent.hypervisor.GuestRecipe;
import io.minicloud.agent.hypervisor.Hypervisor;
import io.minicloud.agent.hypervisor.LibvirtHypervisor;
import io.minicloud.agent.hypervisor.MachineDefinition;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.PrivateLibvirtd;
import io.minicloud.agent.metadata.InstanceMetadata;
import io.minicloud.agent.metadata.MetadataRegistry;
import io.minicloud.agent.metadata.MetadataService;
import io.minicloud.agent.process.MachineView;
import io.minicloud.reconcile.identity.MachineName;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The Debian of hack/images/debian under the real hypervisor, router, DHCP and metadata service: its cloud-init knows
 * that it is on EC2, and does what its user data say. Needs root.
 */
class DebianGuestHostIT {
    private static final Duration BUILD = Duration.ofMinutes(15);
    private static final Duration BOOT = Duration.ofMinutes(10);
    private static final String ADDRESS = "10.0.1.11";
    private static final String NEIGHBOUR = "10.0.1.12";
    private static final String MAC = "02:00:00:00:00:01";
    private static final String DOMAIN = "home-1.compute.internal";
    private static final String NAME = "ip-10-0-1-11";
    private static final long DISK_BYTES = 5L << 30;

    private final Lab lab = new Lab();
    private final String instanceId = lab.id("i", "guest");
    private final String machine = MachineName.of('m', instanceId);
    private final String subnet = lab.id("subnet", "a");
    private final String group = lab.id("sg", "a");
    private final Router.Interface eni = new Router.Interface(
            lab.id("eni", "1"),
            subnet,
            Router.Interface.portOf(lab.id("eni", "1")),
            MAC,
            List.of(ADDRESS),
            List.of(group),
            true,
            null);
    /** Has a name, but nobody is there. */
    private final Router.Interface neighbour = new Router.Interface(
            lab.id("eni", "2"),
            subnet,
            Router.Interface.portOf(lab.id("eni", "2")),
            "02:00:00:00:00:02",
            List.of(NEIGHBOUR),
            List.of(group),
            true,
            "neighbour");

    private final Router router = new Router(
            lab.id("vpc", "v"),
            lab.owner(),
            List.of("10.0.0.0/16"),
            new Router.Dns(true, DOMAIN),
            null,
            List.of(new Router.Subnet(subnet, "10.0.1.0/24", 1500)),
            List.of(eni, neighbour),
            List.of(new Router.Group(group, List.of(), List.of(new Router.Rule("-1", -1, -1, "0.0.0.0/0", null)))),
            Map.of());
    private final Port port = new Port(eni.id(), router.vpcId(), subnet, MAC, Port.Type.TAP, owner("hostinterface"));
    private final MetadataRegistry registry = new MetadataRegistry();
    private final MetadataService service = new MetadataService(registry, lab.entry, lab.filter, Clock.systemUTC());

    private PrivateLibvirtd libvirtd;
    private LibvirtHypervisor hypervisor;
    private Dnsmasq dnsmasq;

    @BeforeEach
    void open() throws IOException {
        libvirtd = new PrivateLibvirtd();
        // dnsmasq becomes another user and reads its files there.
        Files.setPosixFilePermissions(libvirtd.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        hypervisor = new LibvirtHypervisor(libvirtd.uri(), libvirtd.domainLogs(), Accelerator.QEMU);
        dnsmasq = new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), libvirtd.folder());
    }

    @AfterEach
    void cleanUp() {
        if (hypervisor.find(machine).isPresent()) {
            hypervisor.force(machine, Hypervisor.Force.OFF);
            hypervisor.undefine(machine);
        }
        hypervisor.close();
        service.close();
        execute(dnsmasq.removal(router.vpcId()));
        execute(lab.ports.removal(port, lab.ports.observe(port)));
        lab.close();
        libvirtd.close();
    }

    @Test
    void cloudInitTakesItsEc2SourceByItselfAndRunsTheUserData() throws IOException {
        var image = GuestRecipe.build("debian", BUILD).resolve("debian.qcow2");
        lab.apply(router);
        execute(dnsmasq.plan(router));
        service.present(router.vpcId());
        registry.publish(metadata());
        execute(lab.ports.plan(port, lab.ports.observe(port), false));
        hypervisor.define(definition(disk(image)));
        hypervisor.startPaused(machine);
        await().until(() -> lab.ports.observe(port).outside().orElseThrow().carrier());
        execute(lab.ports.plan(port, lab.ports.observe(port), false));
        hypervisor.resume(machine);

        await().atMost(BOOT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(console())
                .containsPattern("Cloud-init v\\. .* finished at "));
        assertThat(console())
                .containsPattern("finished at .* Datasource DataSourceEc2")
                .as("#cloud-config")
                .contains("written-by-cloud-config=" + lab.run)
                .as("the shell script, with what cloud-init knows of the instance")
                .contains("cloud=aws region=home-1 zone=home-1a type=t3.micro id=" + instanceId)
                .contains("hostname=" + NAME + "." + DOMAIN)
                .contains("resolved=" + NEIGHBOUR)
                .contains("failed-units=0")
                .contains(NAME + " login:");
        var root = console().replaceAll("(?s).*root-mib=(\\d+).*", "$1");
        assertThat(Integer.parseInt(root))
                .as("the root file system fills the disk")
                .isGreaterThan(4800);
    }

    /** Both kinds of user data at once, as one message of several parts. */
    private String userData() {
        return """
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="part"

                --part
                Content-Type: text/cloud-config

                #cloud-config
                write_files:
                  - path: /run/nonce
                    content: %s
                --part
                Content-Type: text/x-shellscript

                #!/bin/sh
                exec > /dev/console
                echo "written-by-cloud-config=$(cat /run/nonce)"
                cloud-init query -f 'cloud={{v1.cloud_name}} region={{v1.region}} zone={{v1.availability_zone}} type={{ds.meta_data.instance_type}} id={{v1.instance_id}}'
                echo "hostname=$(hostname -f)"
                echo "resolved=$(getent ahostsv4 neighbour.%s | awk 'END {print $1}')"
                echo "failed-units=$(systemctl list-units --state=failed --no-legend | wc -l)"
                echo "root-mib=$(df --output=size -m / | tail -n 1 | tr -d ' ')"
                --part--
                """.formatted(lab.run, DOMAIN);
    }

    /** The leaves with the names of AWS that the controller compiles, those that cloud-init uses. */
    private InstanceMetadata metadata() {
        var values = new TreeMap<>(Map.of(
                "meta-data/ami-id",
                lab.id("ami", "debian"),
                "meta-data/hostname",
                NAME + "." + DOMAIN,
                "meta-data/instance-id",
                instanceId,
                "meta-data/instance-type",
                "t3.micro",
                "meta-data/local-hostname",
                NAME + "." + DOMAIN,
                "meta-data/local-ipv4",
                ADDRESS,
                "meta-data/mac",
                MAC,
                "meta-data/placement/availability-zone",
                "home-1a",
                "meta-data/placement/region",
                "home-1",
                "dynamic/instance-identity/document",
                "{\"region\": \"home-1\", \"instanceId\": \"" + instanceId + "\"}"));
        values.put("meta-data/block-device-mapping/ami", "xvda");
        values.put("meta-data/block-device-mapping/root", "/dev/xvda");
        values.put("meta-data/security-groups", "default\nweb");
        values.put("meta-data/services/domain", "amazonaws.com");
        var folder = "meta-data/network/interfaces/macs/" + MAC + "/";
        values.put(folder + "device-number", "0");
        values.put(folder + "interface-id", eni.id());
        values.put(folder + "local-hostname", NAME + "." + DOMAIN);
        values.put(folder + "local-ipv4s", ADDRESS);
        values.put(folder + "mac", MAC);
        values.put(folder + "subnet-id", subnet);
        values.put(folder + "subnet-ipv4-cidr-block", "10.0.1.0/24");
        values.put(folder + "vpc-id", router.vpcId());
        return new InstanceMetadata(instanceId, Map.of(router.vpcId(), List.of(ADDRESS)), true, 1, values, userData());
    }

    private Path disk(Path image) throws IOException {
        var store = new QcowDiskStore(libvirtd.folder().resolve("disks"), lab.commands);
        var volume = lab.id("vol", "root");
        store.cloneImage(volume, image, "qcow2", DISK_BYTES, owner("hostdisk"));
        return store.find(volume).orElseThrow().path();
    }

    private MachineDefinition definition(Path disk) {
        return new MachineDefinition(
                machine,
                instanceId,
                MachineNotes.started(owner("hostmachine"), 1, null),
                2,
                512,
                null,
                List.of(new MachineDefinition.DiskDevice(disk, "qcow2", "vol0123456789abcdef0")),
                List.of(new MachineDefinition.NetworkDevice("eni-1", port.name(), MAC, true)),
                consoleFile());
    }

    private OwnerTag owner(String kind) {
        return new OwnerTag(lab.owner().installationId(), "minicloud-host-lab", kind, lab.run);
    }

    private static void execute(Plan plan) {
        new PlanExecutor(Checkpoint.NONE).execute("test", plan);
    }

    private Path consoleFile() {
        return libvirtd.folder().resolve("console");
    }

    private String console() throws IOException {
        return Files.exists(consoleFile()) ? Files.readString(consoleFile(), StandardCharsets.ISO_8859_1) : "";
    }
}
