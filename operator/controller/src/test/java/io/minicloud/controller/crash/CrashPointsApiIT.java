package io.minicloud.controller.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.testing.ApiServer;
import io.minicloud.controller.objectstore.FakeObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kills the controller after every action and every written status, from the first object to the last. */
class CrashPointsApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration AT_REST = Duration.ofSeconds(2);
    private static final Duration OFTEN = Duration.ofMillis(50);

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void killedAfterAnythingItDoesTheControllerComesToTheSameEnd() {
        var undisturbed = tell(event -> false);
        var struck = new HashSet<String>();
        var killed = tell(struck::add);

        assertThat(killed.ready()).isEqualTo(undisturbed.ready());
        assertThat(killed.deaths()).containsExactlyInAnyOrderElementsOf(undisturbed.events());
        assertThat(undisturbed.deaths()).isEmpty();
    }

    /**
     * What happened in a world.
     *
     * @param ready everything that there was when all was ready
     * @param events every action and written status
     * @param deaths those after which the controller was killed
     */
    private record Tale(Map<String, String> ready, Set<String> events, Set<String> deaths) {}

    /** Makes one of everything, proves that a fresh controller then has nothing to do, and removes it all. */
    private static Tale tell(Predicate<String> fate) {
        var world = new World(server);
        var engine = new FakeObjectStore();
        var gates = new ArrayList<Gate>();
        world.populate();
        live(world, engine, gates, fate, world::isReady);
        var ready = world.picture();
        rest(world, engine);
        world.abandon();
        live(world, engine, gates, fate, world::isGone);
        world.close();
        return new Tale(
                ready,
                plain(
                        world,
                        gates.stream().flatMap(gate -> gate.events().stream()).toList()),
                plain(
                        world,
                        gates.stream().flatMap(gate -> gate.death().stream()).toList()));
    }

    /** Life after life, until one has reached the goal and has nothing left to do. */
    private static void live(
            World world, FakeObjectStore engine, List<Gate> gates, Predicate<String> fate, BooleanSupplier goal) {
        boolean died;
        do {
            try (var life = new Life(server, engine, 1, fate)) {
                var gate = life.gate();
                gates.add(gate);
                soon().until(() -> isOver(world, gate) || goal.getAsBoolean());
                becomesQuiet(QUIET, world, gate, goal);
                if (gate.death().isEmpty()) {
                    // On a busy machine what was begun before may come after.
                    becomesQuiet(AT_REST, world, gate, goal);
                }
                died = gate.death().isPresent();
            }
        } while (died);
    }

    /** The goal must hold all the while: a write that the API server took long for may undo it. */
    private static void becomesQuiet(Duration how, World world, Gate gate, BooleanSupplier goal) {
        soon().during(how).until(() -> isOver(world, gate) || gate.isQuiet() && goal.getAsBoolean());
    }

    private static boolean isOver(World world, Gate gate) {
        world.agent().pass();
        return gate.death().isPresent();
    }

    /** A new controller looks at every object and writes nothing. */
    private static void rest(World world, FakeObjectStore engine) {
        var before = world.versions();
        try (var life = new Life(server, engine, 1, event -> false)) {
            soon().until(() -> world.cloud().stream().allMatch(life::hasReconciled));
            soon().during(QUIET).until(life.gate()::isQuiet);
            assertThat(life.gate().writes()).isEmpty();
        }
        assertThat(world.versions()).isEqualTo(before);
    }

    private static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollInterval(OFTEN);
    }

    private static Set<String> plain(World world, List<String> events) {
        return events.stream().map(world::plain).collect(Collectors.toSet());
    }
}
