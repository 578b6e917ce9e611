package io.minicloud.agent.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.ContainerLab;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.process.SystemCommands;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A proxy in a namespace of its own, with clients and targets at the other end of its wire. */
final class ProxyLab implements AutoCloseable {
    /** How often figures are gathered. */
    static final Duration LOOK = Duration.ofMillis(200);

    /** The proxy's address. */
    static final String PROXY = "198.18.77.1";

    private final SystemCommands commands = new SystemCommands(MachineView.direct());
    private final String nonce = UUID.randomUUID().toString();
    private final String namespace = "mct-" + nonce.substring(0, 8);
    private final String id = "elb-" + nonce.replace("-", "").substring(0, 17);
    private final OwnerTag owner = new OwnerTag("lab", "minicloud-host-lab", "hostappliance", nonce);
    private final Containers containers;
    private final String image;
    private final Path run;
    private final Map<String, EchoTarget> targets = new HashMap<>();
    private final Map<String, String> certificates = new HashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable ProxyStatus status;
    private @Nullable Proxies gathering;

    ProxyLab(ContainerLab containers, Path run) {
        this.containers = containers.containers();
        this.image = this.containers.image("haproxy").orElseThrow();
        this.run = run;
        removeWires();
        ip("netns", "add", namespace);
        ip("-n", namespace, "link", "set", "lo", "up");
        ip("link", "add", link(), "type", "veth", "peer", "name", "eth0", "netns", namespace);
        ip("address", "add", "198.18.77.10/24", "dev", link());
        ip("link", "set", link(), "up");
        ip("-n", namespace, "address", "add", PROXY + "/24", "dev", "eth0");
        ip("-n", namespace, "link", "set", "eth0", "up");
    }

    /** A run that was killed left its wire here, and answers to this proxy would go into it. */
    private void removeWires() {
        commands.require(Command.of("ip", "-o", "address", "show", "to", PROXY + "/24"))
                .lines()
                .map(line -> line.split("\\s+")[1])
                .filter(link -> link.startsWith("mct"))
                .distinct()
                .forEach(link -> ip("link", "delete", link));
    }

    private String link() {
        return "mct" + nonce.substring(0, 8);
    }

    /** A target at 198.18.77.x. */
    EchoTarget target(int last) throws IOException {
        var address = host(last);
        var target = new EchoTarget("target-" + last, address, 8080);
        targets.put(address, target);
        return target;
    }

    /** Makes 198.18.77.x an address here. */
    String host(int last) {
        commands.run(Command.of("ip", "address", "add", address(last) + "/24", "dev", link()));
        return address(last);
    }

    static String address(int last) {
        return "198.18.77." + last;
    }

    /** A chain and its key, under the name of a Secret. */
    void certificate(String name, String pem) {
        certificates.put(name, pem);
    }

    /** Those of an agent that has just started, or of one that also gathers figures. */
    Proxies proxies() {
        return gathering == null ? new Proxies(containers, run) : gathering;
    }

    /** An agent that starts now gathers the figures of a proxy. */
    FigureWatch gather(ProxySpec spec) {
        gathering = new Proxies(containers, run);
        var figures = new FigureWatch(gathering, Clock.systemUTC(), LOOK);
        figures.keep(id, spec, status);
        return figures;
    }

    /** It does something else from now on. */
    void gather(FigureWatch figures, ProxySpec spec) {
        figures.keep(id, spec, status);
    }

    /** Its processes below the first, by their ids. */
    List<String> processes() {
        var first = containers.find(owner).getFirst().pid();
        return commands.run(Command.of("pgrep", "-P", Long.toString(first)))
                .stdout()
                .lines()
                .toList();
    }

    /** Sends a signal to some processes. */
    void signal(String name, List<String> processes) {
        processes.forEach(process -> commands.require(Command.of("kill", "-" + name, process)));
    }

    ProxyWish wish(ProxySpec spec) {
        return new ProxyWish(id, owner, namespace, image, spec, ProxyFiles.of(spec, certificates), status);
    }

    /** One pass, as the reconciler makes it. */
    ProxyFinding pass(ProxySpec spec) {
        var proxies = proxies();
        var wish = wish(spec);
        new PlanExecutor(Checkpoint.NONE).execute("test", proxies.plan(wish));
        var found = proxies.find(wish);
        status = found.status();
        return found;
    }

    /** Passes until it is as wanted and nothing is left to do. */
    void settle(ProxySpec spec) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(10, SECONDS)
                .untilAsserted(() -> {
                    var found = pass(spec);
                    assertThat(found.state()).as(found.message()).isEqualTo(ProxyFinding.State.InForce);
                    assertThat(proxies().plan(wish(spec)).describe()).isEmpty();
                });
    }

    /** What is known of a target. */
    ProxyStatus.Target health(String group, int last) {
        return status.targets().stream()
                .filter(target ->
                        target.targetGroupId().equals(group) && target.address().equals(address(last)))
                .findFirst()
                .orElseThrow();
    }

    /** Settles until a target is in this state. */
    void await(ProxySpec spec, int group, int last, String state) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(20, SECONDS)
                .until(() -> {
                    pass(spec);
                    return health(Specs.group(group), last).state().equals(state);
                });
    }

    HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + PROXY + ":" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send(request(port, path));
    }

    /** The name of the target that answers, or the whole answer. */
    String who(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request).body().lines().findFirst().orElse("");
    }

    String who(int port, String path) throws IOException, InterruptedException {
        return who(request(port, path));
    }

    /** The id of the appliance. */
    String id() {
        return id;
    }

    Path folder() {
        return run.resolve("proxies").resolve(id);
    }

    private void ip(String... arguments) {
        var all = new ArrayList<>(List.of("ip"));
        all.addAll(List.of(arguments));
        commands.require(Command.of(all.toArray(String[]::new)));
    }

    /** What the proxy says of itself. */
    ProxyState state() {
        return proxies().state(id).orElseThrow();
    }

    /** Kills the first process of the container. */
    void kill() {
        commands.require(Command.of("kill", "-KILL", Long.toString(pid())));
    }

    /** The first process of the container. */
    long pid() {
        return containers.find(owner).getFirst().pid();
    }

    /** The network namespace that the proxy is in. */
    String namespace() {
        return namespace;
    }

    /** Removes the proxy alone. */
    void remove() {
        new PlanExecutor(Checkpoint.NONE).execute("test", proxies().removal(id, owner));
    }

    @Override
    public void close() {
        remove();
        targets.values().forEach(EchoTarget::close);
        commands.run(Command.of("ip", "netns", "delete", namespace));
        commands.run(Command.of("ip", "link", "delete", link()));
    }
}
