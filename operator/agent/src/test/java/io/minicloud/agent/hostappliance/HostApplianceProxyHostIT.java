package io.minicloud.agent.hostappliance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.accesslog.AccessLogs;
import io.minicloud.agent.accesslog.MinioLogBucket;
import io.minicloud.agent.container.ContainerLab;
import io.minicloud.agent.hostinterface.HostInterfaceReconciler;
import io.minicloud.agent.hostnetwork.RouterCompiler;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.network.Router;
import io.minicloud.agent.network.RouterObserver;
import io.minicloud.agent.network.RouterPlanner;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.proxy.FigureWatch;
import io.minicloud.agent.proxy.Proxies;
import io.minicloud.agent.proxy.ProxyWatch;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.agent.stage.Kernel;
import io.minicloud.agent.stage.RecordingCommands;
import io.minicloud.agent.stage.Vpc;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.reconcile.plan.ActionFailedException;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance with a proxy in the real kernel, by the real podman. Needs root. */
class HostApplianceProxyHostIT {
    private static final String GROUP = "tg-00000000000000001";

    @TempDir
    private Path home;

    @TempDir
    private Path run;

    private final Path nowhere = Path.of("/nonexistent");
    private final AgentSettings settings =
            new AgentSettings("lab", "lab", nowhere, nowhere, nowhere, nowhere, "", "100.64.0.0/16");
    private final RecordingCommands commands = new RecordingCommands();
    private final Kernel kernel = Kernel.by(commands);
    private final Vpc vpc = new Vpc();
    private final HostNetwork network = vpc.network(null, 1);
    private final HostInterface eni = vpc.applianceEni(1);
    private final String id = vpc.id("elb", "l");
    private final PlanExecutor executor = new PlanExecutor(Checkpoint.NONE);
    private final List<HasMetadata> others = new ArrayList<>(List.of(eni, network));
    private final Router router = new RouterCompiler(settings).compile(network, List.of(eni), List.of(), List.of());
    private final List<String> changed = new CopyOnWriteArrayList<>();

    private ContainerLab containers;
    private NetworkMonitor monitor;
    private ProxyWatch watch;
    private FigureWatch figures;
    private AccessLogs logs;
    private HostApplianceReconciler reconciler;

    @BeforeEach
    void makeTheRouter() throws IOException {
        containers = new ContainerLab(home, "lab");
        monitor = new NetworkMonitor(new NamespaceEntry(new NamedNamespaces(MachineView.direct())));
        var planner = new RouterPlanner(kernel.links(), kernel.filter());
        executor.execute("test", planner.plan(router, new RouterObserver(kernel.stack()).observe(router)));
        var podman = containers.containers();
        var proxies = new Proxies(podman, run);
        watch = new ProxyWatch(proxies);
        watch.onChange(changed::add);
        figures = new FigureWatch(proxies, Clock.systemUTC());
        logs = new AccessLogs(proxies, new MinioLogBucket(), home, AccessLogs.INTERVAL, Clock.systemUTC());
        reconciler = new HostApplianceReconciler(
                settings,
                kernel.stack(),
                monitor,
                new ApplianceProxy(podman, proxies, watch, figures, logs),
                executor,
                Clock.systemUTC());
    }

    @AfterEach
    void cleanUp() {
        watch.close();
        figures.close();
        logs.close();
        monitor.close();
        containers.close();
        kernel.forget("mc-" + id);
        kernel.forget(router.namespace());
    }

    @Test
    void itServesIsMadeAnewAndLeavesNothing() throws Exception {
        var appliance = appliance(http("one"));
        settle(appliance, "Programmed");
        assertThat(ask(80)).isEqualTo("one");
        assertThat(open(81)).as("no listener's").isEmpty();

        await("what it finds is told").atMost(10, SECONDS).until(() -> {
            pass(appliance);
            return appliance.getStatus().proxy().targets().getFirst().state().equals("Unhealthy");
        });
        assertThat(changed).as("it told by itself").contains(id);

        kernel.forget("mc-" + id);
        pass(appliance);
        assertThat(condition(appliance).reason()).isEqualTo("AwaitingInterfaces");
        settle(appliance, "Programmed");
        assertThat(ask(80)).isEqualTo("one");

        reconciler.cleanup(appliance, FakeContext.of());
        assertThat(containers.containers().all()).isEmpty();
        assertThat(run.resolve("proxies").resolve(id)).doesNotExist();
        assertThat(kernel.links().namespaceExists("mc-" + id)).isFalse();
    }

    @Test
    void itSaysWhatIsInTheWay() throws Exception {
        var appliance = appliance(https("one"));
        settle(appliance, "AwaitingSecret");

        var secret = secret("no certificate");
        others.add(secret);
        settle(appliance, "ProxyFailed");

        change(appliance, http("two"));
        settle(appliance, "Programmed");
        assertThat(ask(80)).isEqualTo("two");

        change(appliance, http("three"), https("three"));
        settle(appliance, "ConfigurationRefused");
        assertThat(ask(80)).as("the one before").isEqualTo("two");

        change(appliance, http("four", "text/plain\nX: y"));
        settle(appliance, "Invalid");
        assertThat(ask(80)).as("the one before").isEqualTo("two");
    }

    /** Datagrams go to all targets until it is known who is healthy. */
    @Test
    void aListenerOfUdpIsServedByTheKernelWithWhoIsHealthy() {
        var healthy = new ProxyTargetGroup.Target("10.0.1.11", 53, null);
        var gone = new ProxyTargetGroup.Target("10.0.1.77", 53, null);
        var check = new ProxyTargetGroup.HealthCheck("TCP", 80, null, null, 1, 1, 2, 2);
        var group = new ProxyTargetGroup(
                GROUP, "UDP", "RoundRobin", null, null, check, List.of(healthy, gone), null, null, null);
        var forward = new ProxyAction.Forward(List.of(new ProxyAction.Weighted(GROUP, 1)), null);
        var dns = new ProxyListener(53, "UDP", null, null, new ProxyAction(forward, null, null));
        var appliance = FakeFramework.object(new HostAppliance(), id, spec(List.of(group), http("one"), dns));
        settle(appliance, "Programmed");
        assertThat(ask(80)).isEqualTo("one");
        assertThat(rules()).contains("10.0.1.11 . 53", "10.0.1.77 . 53");

        await("the other one is known to be ill").atMost(10, SECONDS).untilAsserted(() -> {
            pass(appliance);
            assertThat(rules()).contains("10.0.1.11 . 53").doesNotContain("10.0.1.77");
        });

        change(appliance, http("two"));
        settle(appliance, "Programmed");
        assertThat(rules()).doesNotContain("dnat");
    }

    private String rules() {
        return commands.require(
                Command.of("nft", "list", "table", "ip", "minicloud").inNamespace("mc-" + id));
    }

    private void settle(HostAppliance appliance, String reason) {
        // While podman starts it again it may refuse to remove it: a failed pass is tried again.
        await(reason)
                .atMost(20, SECONDS)
                .ignoreExceptionsInstanceOf(ActionFailedException.class)
                .untilAsserted(() -> {
                    pass(appliance);
                    var ready = condition(appliance);
                    assertThat(ready.reason()).as(ready.message()).isEqualTo(reason);
                    assertThat(ready.status()).isEqualTo(reason.equals("Programmed") ? "True" : "False");
                });
    }

    private void pass(HostAppliance appliance) {
        var interfaces = new HostInterfaceReconciler(settings, kernel.stack(), monitor, executor, Clock.systemUTC());
        FakeFramework.keep(eni, interfaces.reconcile(eni, FakeContext.of()));
        FakeFramework.keep(
                appliance, reconciler.reconcile(appliance, FakeContext.of(others.toArray(HasMetadata[]::new))));
    }

    private String ask(int port) {
        return commands.require(Command.of("curl", "-s", "-m", "5", "http://10.0.1.11:" + port + "/")
                .inNamespace("mc-" + id));
    }

    /** What a program of the namespace that is no listener's hears from outside: nothing. */
    private String open(int port) {
        return commands.run(Command.of("sh", "-c", """
                        socat -u TCP-LISTEN:%1$d,reuseaddr,accept-timeout=2 STDOUT & sleep 0.3
                        echo reached | socat -u - TCP:10.0.1.11:%1$d,connect-timeout=1 2>/dev/null
                        wait
                        """.formatted(port)).inNamespace("mc-" + id))
                .stdout();
    }

    private HostAppliance appliance(ProxyListener listener) {
        return FakeFramework.object(new HostAppliance(), id, spec(listener));
    }

    private void change(HostAppliance appliance, ProxyListener... listeners) {
        appliance.setSpec(spec(listeners));
        appliance.getMetadata().setGeneration(appliance.getMetadata().getGeneration() + 1);
    }

    private HostApplianceSpec spec(ProxyListener... listeners) {
        var check = new ProxyTargetGroup.HealthCheck("TCP", null, null, null, 1, 1, 2, 2);
        var nobody = new ProxyTargetGroup.Target("10.0.1.11", 9, null);
        var group =
                new ProxyTargetGroup(GROUP, "HTTP", "RoundRobin", null, null, check, List.of(nobody), null, null, null);
        return spec(List.of(group), listeners);
    }

    private HostApplianceSpec spec(List<ProxyTargetGroup> groups, ProxyListener... listeners) {
        return new HostApplianceSpec(
                id,
                vpc.vpcId(),
                List.of(new HostApplianceSpec.Interface(eni.getMetadata().getName())),
                null,
                new ProxySpec(List.of(listeners), groups, 60, 3600, true, "Append", null, null, null));
    }

    private static ProxyListener http(String body) {
        return http(body, "text/plain");
    }

    private static ProxyListener http(String body, String type) {
        return new ProxyListener(80, "HTTP", null, List.of(), says(body, type));
    }

    private static ProxyListener https(String body) {
        var tls = new ProxyListener.Tls(List.of("site"), "TLSv1.2", null, null, null);
        return new ProxyListener(443, "HTTPS", tls, List.of(), says(body, "text/plain"));
    }

    private static ProxyAction says(String body, String type) {
        return new ProxyAction(null, null, new ProxyAction.FixedResponse(200, type, body));
    }

    private static Secret secret(String text) {
        var encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return new SecretBuilder()
                .withNewMetadata()
                .withName("site")
                .endMetadata()
                .addToData("tls.crt", encoded)
                .addToData("tls.key", encoded)
                .build();
    }

    private static Condition condition(HostAppliance appliance) {
        return appliance.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
