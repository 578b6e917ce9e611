package io.minicloud.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.container.Container;
import io.minicloud.agent.container.ContainerLab;
import io.minicloud.agent.container.ContainerOrphans;
import io.minicloud.agent.container.ContainerState;
import io.minicloud.agent.disk.QcowDiskStore;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.agent.hypervisor.ObservedMachine;
import io.minicloud.agent.hypervisor.PowerState;
import io.minicloud.agent.image.FolderImageStore;
import io.minicloud.agent.image.ImagePart;
import io.minicloud.agent.inventory.UnknownThing.Kind;
import io.minicloud.agent.network.Dnsmasq;
import io.minicloud.agent.network.IpLinks;
import io.minicloud.agent.network.IpRoutes;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NetworkOrphans;
import io.minicloud.agent.network.NetworkStack;
import io.minicloud.agent.network.NftPacketFilter;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.agent.stage.Vpc;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.identity.Sha256;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose objects were lost, as when etcd was restored from an old backup. Real disks and namespaces. Needs root. */
class InventoryHostIT {
    private static final String HOST = "minicloud-host-lab";
    private static final KnownObjects NOTHING = new KnownObjects(Set.of(), Set.of(), Set.of(), Set.of());

    private final Vpc vpc = new Vpc();
    // One of its own for each run: the namespaces of another run are not to be seen.
    private final String installation = vpc.id("lab", "i");
    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final IpLinks links = new IpLinks(commands, new NamedNamespaces(MachineView.direct()));
    private final OwnerTag diskOwner = new OwnerTag(installation, HOST, "hostdisk", "disk");

    @TempDir
    private Path home;

    private ContainerLab lab;
    private AgentSettings settings;
    private QcowDiskStore disks;
    private FolderImageStore images;

    @BeforeEach
    void fill() throws Exception {
        lab = new ContainerLab(home, installation);
        settings = lab.settings();
        disks = new QcowDiskStore(settings.diskFolder(), commands);
        disks.createEmpty("vol-1", 1 << 20, diskOwner);
        Files.writeString(settings.diskFolder().resolve("a-persons.qcow2"), "not ours");
        Files.createDirectories(settings.imageFolder());
        Files.writeString(settings.imageFolder().resolve("a.raw"), "bytes");
        images = new FolderImageStore(
                home.resolve("store"), settings.imageFolder(), settings.serviceCidr(), 1 << 20, commands);
        images.store("ami-1", new ImagePart("disk", "raw", "a.raw", null, Sha256.hex("bytes")));
        links.createNamespace(namespace(), new OwnerTag(installation, HOST, "hostnetwork", "net").toString());
    }

    @AfterEach
    void cleanUp() {
        links.deleteNamespace(namespace());
        lab.close();
    }

    @Test
    void whatHoldsDataIsToldAndOnlyWhatHoldsNoneIsCollected() throws Exception {
        var before = files();

        assertThat(inventory(() -> NOTHING).take())
                .containsExactly(
                        new UnknownThing(Kind.Domain, "mcm1", installation + "/minicloud-host-lab/hostmachine/machine"),
                        new UnknownThing(Kind.Disk, "vol-1", diskOwner.toString()),
                        new UnknownThing(Kind.Image, "ami-1", null));
        assertThat(files()).isEqualTo(before);
        assertThat(links.namespaceExists(namespace())).isFalse();
    }

    @Test
    void whatHasAnObjectIsNotTold() throws Exception {
        var all = new KnownObjects(Set.of("machine", "disk"), Set.of("ami-1"), Set.of(vpc.vpcId()), Set.of());

        assertThat(inventory(() -> all).take()).isEmpty();
        assertThat(links.namespaceExists(namespace())).isTrue();
    }

    @Test
    void aProxyWithoutItsApplianceIsCollected() throws Exception {
        startProxy("gone");
        startProxy("stays");
        var appliance = new KnownObjects(Set.of("stays"), Set.of(), Set.of(vpc.vpcId()), Set.of());

        inventory(() -> appliance).take();

        assertThat(lab.containers().all()).extracting(ContainerState::name).containsExactly(vpc.vpcId() + "-stays");
    }

    @Test
    void withoutACompleteListNothingIsCollected() {
        var inventory = inventory(() -> {
            throw new IllegalStateException("the API server does not answer");
        });

        assertThatThrownBy(inventory::take).isInstanceOf(IllegalStateException.class);
        assertThat(links.namespaceExists(namespace())).isTrue();
    }

    private Inventory inventory(HostObjects objects) {
        var notes = MachineNotes.started(new OwnerTag(installation, HOST, "hostmachine", "machine"), 1, null);
        var size = new ObservedMachine.Size(1, 64);
        var machines = List.of(
                new ObservedMachine("mcm1", PowerState.RUNNING, size, List.of(), Optional.of(notes)),
                new ObservedMachine("a-persons", PowerState.RUNNING, size, List.of(), Optional.empty()));
        var orphans = new NetworkOrphans(
                new NetworkStack(links, new IpRoutes(commands), new NftPacketFilter(commands)),
                new NamedNamespaces(MachineView.direct()),
                new Dnsmasq(commands, new NamedNamespaces(MachineView.direct()), home),
                installation,
                HOST,
                vpcId -> {});
        return new Inventory(
                settings,
                new Inventory.Stores(() -> machines, disks, images),
                new Inventory.Leftovers(new ContainerOrphans(lab.containers()), orphans),
                objects,
                new PlanExecutor(Checkpoint.NONE));
    }

    /** It ends at once, which is all the same here. */
    private void startProxy(String uid) {
        lab.containers()
                .start(new Container(
                        vpc.vpcId() + "-" + uid,
                        new OwnerTag(installation, HOST, "hostappliance", uid),
                        namespace(),
                        lab.containers().image("haproxy").orElseThrow(),
                        List.of("-v"),
                        65532,
                        List.of(),
                        new Container.Limits(64, 50, 1024),
                        Set.of(),
                        Container.Restart.ByAgent));
    }

    private String namespace() {
        return "mc-" + vpc.vpcId();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
