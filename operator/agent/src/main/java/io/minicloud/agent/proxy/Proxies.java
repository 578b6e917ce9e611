package io.minicloud.agent.proxy;

import io.minicloud.agent.container.Container;
import io.minicloud.agent.container.ContainerPlanner;
import io.minicloud.agent.container.ContainerState;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.proxy.ProxyFinding.State;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The proxies of this machine. Each runs without the agent; what it runs with it says itself. Targets come and go by commands, all else
 * by a new process that takes the listening sockets over while the old one ends what it began.
 */
public final class Proxies {
    private static final int MEMORY_MIB = 1024;

    /** As many threads as processors in each of the processes that may be there at a time, of which {@link #isDue} lets some 60 be. */
    private static final int PROCESSES = 4096;

    private static final int OPEN_FILES = 16_384;

    /** The square of how many processes may end what they began, for each second that the last of them is old. */
    private static final int LEAVING_SQUARED = 24;

    /** Listeners that hand on bytes, perhaps under the addresses of clients. */
    private static final Set<String> OF_BYTES = Set.of("TCP", "TLS");

    private final Containers containers;
    private final ContainerPlanner planner;
    private final Path folder;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /**
     * The proxies whose files lie under a folder.
     *
     * @param containers in which they run
     * @param runFolder where short-lived files lie, in memory
     */
    public Proxies(Containers containers, Path runFolder) {
        this.containers = containers;
        this.planner = new ContainerPlanner(containers);
        this.folder = runFolder.resolve("proxies");
    }

    /** The steps to what is wanted, as far as they can be done now; empty when it is so. */
    public Plan plan(ProxyWish wish) {
        var place = place(wish.id());
        var steps = new ArrayList<Action>();
        var container = planner.plan(List.of(container(wish, place)), containers.find(wish.owner()));
        var running = state(wish.id());
        boolean written = place.read().equals(wish.files().contents());
        if (!container.isEmpty() || running.isEmpty()) {
            if (!written) {
                steps.add(new Step(
                        "write the files of the proxy of " + wish.id(),
                        () -> place.write(wish.files().contents(), StateFile.render(wish.spec(), ""))));
            }
            steps.addAll(container.actions());
        } else if (!running.get().digest().equals(wish.files().digest())) {
            if (isDue(running.get())) {
                steps.add(new Step("reload the proxy of " + wish.id(), () -> reload(wish, place, running.get())));
            }
        } else {
            if (!written) {
                steps.add(new Step(
                        "write the targets of the proxy of " + wish.id(),
                        () -> place.write(
                                wish.files().contents(),
                                StateFile.render(wish.spec(), running.get().serversState()))));
            }
            var farewell = TargetPlanner.farewell(wish.spec(), running.get().servers());
            if (!farewell.isEmpty() && !running.get().leaving().isEmpty()) {
                steps.add(new Step(
                        farewell.getFirst() + " in what ends of the proxy of " + wish.id(),
                        () -> part(place, farewell)));
            }
            for (var change :
                    TargetPlanner.plan(wish.spec(), running.get().servers(), new TargetHealth(wish.before()))) {
                steps.add(new Step(change.getFirst() + " of the proxy of " + wish.id(), () -> say(place, change)));
            }
        }
        return new Plan(steps);
    }

    /** What is there of it. */
    public ProxyFinding find(ProxyWish wish) {
        var running = state(wish.id());
        var status = new TargetHealth(wish.before())
                .status(wish.spec(), running.map(ProxyState::servers).orElse(Map.of()));
        if (running.isEmpty()) {
            return containers.find(wish.owner()).stream().anyMatch(ContainerState::running)
                    ? new ProxyFinding(State.Starting, "HAProxy does not answer", status)
                    : new ProxyFinding(
                            State.Failing, "HAProxy ended: " + containers.lastWords(name(wish.id())), status);
        }
        return running.get().digest().equals(wish.files().digest())
                ? new ProxyFinding(State.InForce, "", status)
                : new ProxyFinding(
                        State.Changing,
                        "connections from before the last %d changes go on, so the next one waits a little"
                                .formatted(running.get().leaving().size()),
                        status);
    }

    /**
     * Whether there may be one more process. Each that still ends what it began takes memory: the more there are, the longer the next
     * waits. The first few come at once, ten make it 4 seconds, and more than 64 there never are, since the first ends within an hour.
     */
    private static boolean isDue(ProxyState running) {
        int leaving = running.leaving().size();
        return running.uptimeSeconds() >= leaving * leaving / LEAVING_SQUARED;
    }

    /** The steps that leave nothing of it; empty when there is nothing. */
    public Plan removal(String id, OwnerTag owner) {
        var place = place(id);
        if (!Files.exists(place.place())) {
            return Plan.empty();
        }
        // The files go last: they say that there may be a container, which is dear to look for.
        var steps = new ArrayList<Action>(
                planner.plan(List.of(), containers.find(owner)).actions());
        steps.add(new Step("remove the files of the proxy of " + id, place::delete));
        return new Plan(steps);
    }

    /** What the process that serves now says; empty when none answers. */
    Optional<ProxyState> state(String id) {
        try {
            var socket = place(id).socket();
            return Optional.of(ProxyState.of(
                            socket.ask("show info"),
                            socket.ask("show stat -1 4 -1"),
                            socket.ask("show servers state"),
                            socket.processes()))
                    .filter(state -> !state.digest().isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The socket at which the proxy tells of requests, if it has a log. */
    public Path logSocket(String id) {
        return place(id).sockets().resolve(ProxyFolder.LOG);
    }

    /** Whether a process of the proxy that no longer takes connections has none left; also when it is gone. */
    public boolean isIdle(String id, long process) {
        try {
            return ProxyState.isIdle(place(id).socket().process(process, "show info"));
        } catch (IOException e) {
            return true;
        }
    }

    /** The process that takes connections now; empty when none answers. */
    public OptionalLong process(String id) {
        try {
            return ProxyState.process(place(id).socket().ask("show info"));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The servers alone, by backend and name; none when no process answers. */
    Map<String, ProxyState.Server> servers(String id) {
        try {
            return ProxyState.servers(place(id).socket().ask("show stat -1 4 -1"));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** Calls a listener with the id of a proxy whose process is about to be replaced. */
    void beforeReload(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** The socket of the process that serves now. */
    Path worker(String id) {
        return place(id).worker();
    }

    private void reload(ProxyWish wish, ProxyFolder place, ProxyState running) throws IOException {
        listeners.forEach(listener -> listener.accept(wish.id()));
        var before = place.read();
        place.write(wish.files().contents(), StateFile.render(wish.spec(), running.serversState()));
        var answer = place.socket().reload();
        if (!answer.startsWith("Success=1")) {
            // What is refused would not start either, and the proxy may be started again at any time.
            place.write(before, StateFile.render(wish.spec(), running.serversState()));
            throw new ProxyRefusedException(alerts(answer));
        }
        part(place, TargetPlanner.farewell(wish.spec(), running.servers()));
    }

    /** Tells those that end who gets nothing any more. */
    private static void part(ProxyFolder place, List<String> farewell) throws IOException {
        if (!farewell.isEmpty()) {
            for (int number : ProxyState.leaving(place.socket().processes())) {
                place.socket().old(number, farewell);
            }
        }
    }

    private static String alerts(String answer) {
        return String.join(
                "; ",
                answer.lines()
                        .filter(line -> line.startsWith("[ALERT]"))
                        .map(line -> line.replaceFirst("^\\[ALERT] *\\(\\d+\\) *: *", ""))
                        .limit(5)
                        .toList());
    }

    private static void say(ProxyFolder place, List<String> commands) throws IOException {
        place.socket().worker(commands);
    }

    private Container container(ProxyWish wish, ProxyFolder place) {
        return new Container(
                name(wish.id()),
                wish.owner(),
                wish.namespace(),
                wish.image(),
                List.of("-W", "-S", ProxyFolder.SOCKETS + "/master,mode,600", "-f", ProxyFiles.FOLDER + "/haproxy.cfg"),
                ProxyFolder.USER,
                List.of(
                        new Container.Mount(place.files(), Path.of(ProxyFiles.FOLDER), false),
                        new Container.Mount(place.sockets(), Path.of(ProxyFolder.SOCKETS), true)),
                new Container.Limits(MEMORY_MIB, PROCESSES, OPEN_FILES),
                capabilities(wish.spec()),
                Container.Restart.Always);
    }

    /** By the listeners, and not by what groups ask for: with another capability it would be another container, without its connections. */
    private static Set<Container.Capability> capabilities(ProxySpec spec) {
        return spec.listeners().stream().anyMatch(listener -> OF_BYTES.contains(listener.protocol()))
                ? Set.of(Container.Capability.NET_BIND_SERVICE, Container.Capability.NET_RAW)
                : Set.of(Container.Capability.NET_BIND_SERVICE);
    }

    private static String name(String id) {
        return "mc-" + id;
    }

    private ProxyFolder place(String id) {
        return new ProxyFolder(folder.resolve(id));
    }

    /** What a step does. */
    @FunctionalInterface
    private interface Body {
        void run() throws IOException;
    }

    /**
     * One step.
     *
     * @param describe for logs and checkpoints; no command that holds a secret
     * @param body what it does
     */
    private record Step(String describe, Body body) implements Action {
        @Override
        public void apply() throws IOException {
            body.run();
        }
    }
}
