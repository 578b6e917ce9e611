package io.minicloud.agent.container;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.container.Container.Capability;
import io.minicloud.agent.container.Container.Restart;
import io.minicloud.agent.network.IpLinks;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.CommandFailedException;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.agent.stage.RecordingCommands;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real podman with the real image, in network namespaces of its own. Needs root. */
class PodmanContainersHostIT {
    private static final String INSTALLATION = UUID.randomUUID().toString();
    private static final int HAPROXY = 65532;

    @TempDir
    private static Path home;

    private static ContainerLab lab;

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final NamedNamespaces namespaces = new NamedNamespaces(MachineView.direct());
    private final IpLinks links = new IpLinks(commands, namespaces);
    private final String nonce = UUID.randomUUID().toString();
    private final String namespace = "mct-" + nonce.substring(0, 8);
    private final OwnerTag owner = new OwnerTag(INSTALLATION, "minicloud-host-lab", "hostappliance", nonce);
    private final PodmanContainers containers = lab.containers();
    private final ContainerPlanner planner = new ContainerPlanner(containers);

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws IOException {
        lab = new ContainerLab(home, INSTALLATION);
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @BeforeEach
    void makeTheNamespace() throws IOException {
        addNamespace();
        Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                  log stdout format raw local0
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 5s
                  timeout server 5s
                frontend f
                  bind 127.0.0.1:8080
                  http-request return status 200 content-type text/plain string %s
                """.formatted(nonce));
        for (var path : List.of(folder, folder.resolve("haproxy.cfg"))) {
            Files.setAttribute(path, "unix:uid", HAPROXY);
        }
    }

    @AfterEach
    void cleanUp() {
        containers.find(owner).forEach(state -> containers.remove(state.name()));
        links.deleteNamespace(namespace);
    }

    @Test
    void itServesInItsNamespaceAndHasNothingElseOfTheMachine() throws IOException {
        var wish = wish(Restart.Always, Set.of());

        apply(wish);

        awaitAnswer();
        assertThat(commands.run(ask(null)).succeeded()).isFalse();
        var state = only();
        assertThat(state.name()).isEqualTo(wish.name());
        assertThat(state.image()).isEqualTo("haproxy");
        assertThat(state.digest()).isEqualTo(wish.digest());
        assertThat(state.running()).isTrue();
        assertThat(state.strayed()).isFalse();
        assertThat(planner.plan(List.of(wish), containers.find(owner)).isEmpty())
                .isTrue();
        assertThat(status(state.pid()))
                .containsEntry("Uid", "65532\t65532\t65532\t65532")
                .containsEntry("CapBnd", "0000000000000000")
                .containsEntry("CapEff", "0000000000000000")
                .containsEntry("NoNewPrivs", "1")
                .containsEntry("Seccomp", "2");
        var root = Path.of("/proc", Long.toString(state.pid()), "root");
        assertThat(mounts(state.pid())).anyMatch(line -> line.contains(" / / ro,"));
        assertThat(root.resolve("bin/sh")).doesNotExist();
        assertThat(root.resolve("etc/resolv.conf")).doesNotExist();
        assertThat(limit(state.pid(), "memory", "memory.max", "memory.limit_in_bytes"))
                .isEqualTo("67108864");
        assertThat(limit(state.pid(), "pids", "pids.max", "pids.max")).isEqualTo("50");
        assertThat(Files.readString(Path.of("/proc", Long.toString(state.pid()), "limits")))
                .containsPattern("Max open files +1024 +1024");
    }

    @Test
    void podmanIsNotAskedAgainWhileTheSameProcessRuns() {
        apply(wish(Restart.Always, Set.of()));
        awaitAnswer();
        var calls = new RecordingCommands();
        var asking = new PodmanContainers(calls, namespaces, lab.settings());
        var first = asking.find(owner);
        assertThat(calls.all()).isNotEmpty();

        calls.clear();
        assertThat(asking.find(owner)).isEqualTo(first).hasSize(1);
        assertThat(calls.all()).isEmpty();

        kill(first.getFirst().pid());
        await().atMost(10, SECONDS).until(() -> !asking.find(owner).equals(first));
        assertThat(calls.all()).isNotEmpty();
    }

    @Test
    void aPortBelow1024TakesTheCapability() throws IOException {
        var file = folder.resolve("haproxy.cfg");
        Files.writeString(file, Files.readString(file).replace(":8080", ":80"));

        apply(wish(Restart.ByAgent, Set.of()));

        await().atMost(10, SECONDS).until(() -> !only().running());
        assertThat(only().exitCode()).isEqualTo(1);
        assertThat(containers.lastWords(name())).contains("Permission denied");

        apply(wish(Restart.ByAgent, Set.of(Capability.NET_BIND_SERVICE)));

        await().atMost(10, SECONDS)
                .until(() -> commands.run(ask(namespace, "http://127.0.0.1/")).stdout(), nonce::equals);
    }

    @Test
    void whatIsKilledIsRevivedUnlessTheAgentIsToDoSo() {
        apply(wish(Restart.Always, Set.of()));
        awaitAnswer();
        long first = only().pid();

        kill(first);

        await().atMost(10, SECONDS).until(() -> only().running() && only().pid() != first);
        awaitAnswer();

        var byAgent = wish(Restart.ByAgent, Set.of());
        apply(byAgent);
        awaitAnswer();
        kill(only().pid());

        await().atMost(10, SECONDS).until(() -> !only().running());
        assertThat(only().exitCode()).isEqualTo(137);
        assertThat(planner.plan(List.of(byAgent), containers.find(owner)).isEmpty())
                .isTrue();
        assertThat(commands.run(ask(namespace)).succeeded()).isFalse();
    }

    @Test
    void whatCouldNotBeStartedIsTriedAgainWhoeverIsToStartIt() {
        var wish = wish(Restart.ByAgent, Set.of());
        var tooMuch = new Container(
                wish.name(),
                owner,
                namespace,
                wish.image(),
                wish.command(),
                HAPROXY,
                wish.mounts(),
                new Container.Limits(64, 50, Integer.MAX_VALUE),
                Set.of(),
                Restart.ByAgent);

        assertThatThrownBy(() -> containers.start(tooMuch)).isInstanceOf(CommandFailedException.class);

        assertThat(only().running()).isFalse();
        assertThat(planner.plan(List.of(tooMuch), containers.find(owner)).isEmpty())
                .isFalse();
        apply(wish);
        awaitAnswer();
    }

    @Test
    void itOutlivesEverythingOfTheAgentThatStartedIt() throws IOException {
        var agent = new AgentsGroup();
        new ContainerPlanner(lab.seen(agent.view()))
                .plan(List.of(wish(Restart.Always, Set.of())), List.of())
                .actions()
                .forEach(PodmanContainersHostIT::perform);
        awaitAnswer();

        agent.end();

        var pid = only().pid();
        var ours = ProcessHandle.current();
        var parents = parents(pid);
        assertThat(parents).doesNotContain(ours.pid());
        for (var process : List.of(pid, parents.getFirst())) {
            assertThat(Files.readString(Path.of("/proc", Long.toString(process), "cgroup")))
                    .doesNotContain(agent.name());
            assertThat(session(process)).isNotEqualTo(session(ours.pid()));
        }
        assertThat(commands.require(ask(namespace))).isEqualTo(nonce);
    }

    /** Those of {@code ChartPodsApiIT.anAgentHasExactlyTheseRights}. */
    @Test
    void theRightsOfTheAgentsPodSuffice() {
        var rights = new MachineView(
                Path.of("/"),
                List.of(
                        "setpriv",
                        "--bounding-set=-all,+sys_admin,+sys_chroot,+sys_ptrace,+net_admin,+net_raw,+net_bind_service,+chown,+fowner,+dac_override,+setuid,+setgid,+setpcap,+kill"));
        lab.tearDown();

        new ContainerPlanner(lab.seen(rights))
                .plan(List.of(wish(Restart.Always, Set.of())), List.of())
                .actions()
                .forEach(PodmanContainersHostIT::perform);
        awaitAnswer();
        long first = only().pid();
        kill(first);

        await().atMost(10, SECONDS).until(() -> only().running() && only().pid() != first);
        awaitAnswer();
        lab.seen(rights).remove(name());
        assertThat(containers.find(owner)).isEmpty();
    }

    @Test
    void whoseNamespaceIsGoneIsMadeAnew() {
        var wish = wish(Restart.Always, Set.of());
        apply(wish);
        awaitAnswer();

        links.deleteNamespace(namespace);
        addNamespace();

        assertThat(only().strayed()).isTrue();
        apply(wish);
        awaitAnswer();
        assertThat(only().strayed()).isFalse();
    }

    @Test
    void afterTheMachineLostPowerItIsMadeAnew() throws IOException {
        var wish = wish(Restart.Always, Set.of());
        apply(wish);
        var pid = only().pid();
        var watcher = parents(pid).getFirst();
        kill(watcher);
        kill(pid);
        await().atMost(10, SECONDS).until(() -> ProcessHandle.of(pid).isEmpty());
        assertThat(only().running()).as("nobody told podman").isFalse();
        commands.run(Command.of(
                "sh", "-c", "umount $(awk -v h=" + home + " 'index($2, h) == 1 { print $2 }' /proc/mounts)"));
        Files.writeString(lab.run().resolve("boot"), "another");

        var next = lab.containers();

        assertThat(next.find(owner)).singleElement().matches(state -> !state.running());
        new ContainerPlanner(next)
                .plan(List.of(wish), next.find(owner))
                .actions()
                .forEach(PodmanContainersHostIT::perform);
        awaitAnswer();
    }

    @Test
    void whatIsRemovedLeavesNothingAndOthersStay() throws IOException {
        lab.podman(
                "create",
                "--name=a-persons-" + namespace,
                "--network=none",
                containers.image("haproxy").orElseThrow());
        apply(wish(Restart.Always, Set.of()));
        awaitAnswer();
        assertThat(containers.all()).extracting(ContainerState::name).containsExactly(name());
        var pid = only().pid();
        var group = Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"))
                .replaceAll("(?s).*/", "")
                .strip();

        containers.remove(name());
        containers.remove(name());

        assertThat(containers.find(owner)).isEmpty();
        assertThat(containers.all()).isEmpty();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(mounts(ProcessHandle.current().pid())).noneMatch(line -> line.contains(home.toString()));
        assertThat(commands.require(Command.of("find", "/sys/fs/cgroup", "-name", group)))
                .isEmpty();
        assertThat(containers.lastWords(name())).isEmpty();
        assertThat(lab.podman("ps", "--all", "--format", "{{.Names}}")).contains("a-persons-" + namespace);
        lab.podman("rm", "a-persons-" + namespace);
    }

    @Test
    void whatEndsAsSoonAsItStartsIsNotRevivedForEver() throws IOException {
        Files.writeString(folder.resolve("haproxy.cfg"), "nonsense\n");
        Files.setAttribute(folder.resolve("haproxy.cfg"), "unix:uid", HAPROXY);
        var wish = wish(Restart.Always, Set.of());

        apply(wish);

        await().atMost(20, SECONDS)
                .until(
                        () -> lab.podman("inspect", "--format={{.RestartCount}} {{.State.Status}}", name())
                                .strip(),
                        "10 exited"::equals);
        assertThat(containers.lastWords(name())).contains("unknown keyword 'nonsense'");
        assertThat(planner.plan(List.of(wish), containers.find(owner)).describe())
                .startsWith("start again");
    }

    @Test
    void ofAMachineThatIsTakenDownNothingIsLeft() throws IOException {
        apply(wish(Restart.Always, Set.of()));
        awaitAnswer();
        var pid = only().pid();
        var watcher = parents(pid).getFirst();
        assertThat(mounts(ProcessHandle.current().pid())).anyMatch(line -> line.contains(home.toString()));

        lab.tearDown();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        await().atMost(5, SECONDS).until(() -> ProcessHandle.of(watcher).isEmpty());
        assertThat(mounts(ProcessHandle.current().pid())).noneMatch(line -> line.contains(home.toString()));
        assertThat(home.resolve("containers/store")).doesNotExist();
        assertThat(home.resolve("containers/haproxy.tar")).exists();
        assertThat(lab.run()).doesNotExist();
        assertThat(commands.require(
                        Command.of("find", "/sys/fs/cgroup", "-name", lab.run().getFileName() + "*")))
                .isEmpty();
        assertThat(containers.find(owner)).isEmpty();
    }

    @Test
    void anImageHasAnotherReferenceWhenItsArchiveHasOtherBytes() throws IOException {
        assertThat(containers.image("unknown")).isEmpty();
        var before = wish(Restart.Always, Set.of());
        apply(before);
        awaitAnswer();

        Files.write(home.resolve("containers/haproxy.tar"), new byte[512], StandardOpenOption.APPEND);
        var after = wish(Restart.Always, Set.of());
        apply(after);

        assertThat(after.image()).isNotEqualTo(before.image());
        awaitAnswer();
        assertThat(lab.podman("images", "--format={{.Repository}}:{{.Tag}}").lines())
                .contains(after.image());
    }

    @Test
    void aMachineWithoutPodmanSaysSo(@TempDir Path path) throws IOException {
        Files.copy(Path.of("/bin/sh"), path.resolve("sh"), StandardCopyOption.COPY_ATTRIBUTES);
        var poor = new MachineView(Path.of("/"), List.of("env", "PATH=" + path));

        assertThat(containers.obstacle()).isEmpty();
        assertThat(lab.seen(poor).obstacle())
                .hasValueSatisfying(text -> assertThat(text).contains("apt-get install"));
    }

    private Container wish(Restart restart, Set<Capability> capabilities) {
        return new Container(
                name(),
                owner,
                namespace,
                containers.image("haproxy").orElseThrow(),
                List.of("-W", "-db", "-f", "/etc/haproxy/haproxy.cfg"),
                HAPROXY,
                List.of(new Container.Mount(folder, Path.of("/etc/haproxy"), false)),
                new Container.Limits(64, 50, 1024),
                capabilities,
                restart);
    }

    private String name() {
        return namespace;
    }

    private void addNamespace() {
        links.createNamespace(namespace, owner.toString());
        links.change(namespace, List.of("link set lo up"));
    }

    private void apply(Container wish) {
        planner.plan(List.of(wish), containers.find(owner)).actions().forEach(PodmanContainersHostIT::perform);
    }

    private static void perform(Action action) {
        try {
            action.apply();
        } catch (Exception e) {
            throw new AssertionError(action.describe(), e);
        }
    }

    private ContainerState only() {
        var found = containers.find(owner);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private void awaitAnswer() {
        await().atMost(10, SECONDS).until(() -> commands.run(ask(namespace)).stdout(), nonce::equals);
    }

    private static Command ask(String namespace) {
        return ask(namespace, "http://127.0.0.1:8080/");
    }

    private static Command ask(String namespace, String url) {
        return Command.of("curl", "-s", "--noproxy", "*", "--max-time", "2", url)
                .inNamespace(namespace);
    }

    private void kill(long pid) {
        commands.require(Command.of("kill", "-KILL", Long.toString(pid)));
    }

    private static Map<String, String> status(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .map(line -> line.split(":\\s*", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static List<String> mounts(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "mountinfo"));
    }

    /** The parent, its parent and so on to the first process. */
    private static List<Long> parents(long pid) {
        return Stream.iterate(
                        ProcessHandle.of(pid).flatMap(ProcessHandle::parent),
                        Optional::isPresent,
                        parent -> parent.flatMap(ProcessHandle::parent))
                .map(parent -> parent.orElseThrow().pid())
                .toList();
    }

    private static String session(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    }

    /** A limit of the control group, by the name that it has in version 2 or 1. */
    private static String limit(long pid, String controller, String two, String one) throws IOException {
        var groups = Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup"));
        var of = groups.stream()
                .filter(line -> Arrays.asList(line.split(":")[1].split(",")).contains(controller))
                .findFirst();
        var file = of.map(line -> Path.of("/sys/fs/cgroup", controller, line.split(":")[2], one))
                .orElseGet(() -> Path.of("/sys/fs/cgroup", groups.getFirst().split(":")[2], two));
        return Files.readString(file).strip();
    }

    /** The control group of an agent in a container: what is in it is killed when the container ends. */
    private static final class AgentsGroup {
        private static final Path ROOT = Path.of("/sys/fs/cgroup");

        private final Path folder =
                Files.createDirectory((Files.exists(ROOT.resolve("cgroup.procs")) ? ROOT : ROOT.resolve("pids"))
                        .resolve("minicloud-test-" + UUID.randomUUID()));

        AgentsGroup() throws IOException {}

        String name() {
            return folder.getFileName().toString();
        }

        MachineView view() {
            return new MachineView(
                    Path.of("/"), List.of("sh", "-c", "echo $$ >" + folder + "/cgroup.procs && exec \"$@\"", "sh"));
        }

        void end() throws IOException {
            for (var pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
            Files.delete(folder);
        }
    }
}
