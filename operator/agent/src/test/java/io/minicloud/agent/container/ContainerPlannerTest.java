package io.minicloud.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.container.Container.Restart;
import io.minicloud.reconcile.identity.OwnerTag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerPlannerTest {
    private static final OwnerTag OWNER = new OwnerTag("install", "minicloud-host-lab", "hostappliance", "uid");

    private final Container web = container("web", "image:1", Restart.Always);
    private final Calls calls = new Calls();
    private final ContainerPlanner planner = new ContainerPlanner(calls);

    @Test
    void whatIsMissingIsStarted() {
        assertThat(run(List.of(web), List.of())).containsExactly("start web");
    }

    @Test
    void whatRunsAsItIsWantedNeedsNothing() {
        assertThat(planner.plan(List.of(web), List.of(running(web))).isEmpty()).isTrue();
    }

    @Test
    void whatIsMadeOfAnotherWishIsReplaced() {
        assertThat(run(List.of(container("web", "image:2", Restart.Always)), List.of(running(web))))
                .containsExactly("start web");
    }

    @Test
    void whatIsInANamespaceThatLostItsNameIsReplaced() {
        assertThat(run(List.of(web), List.of(state(web, true, true)))).containsExactly("start web");
    }

    @Test
    void onlyWhatIsToRunAlwaysIsStartedAgain() {
        var byAgent = container("db", "image:1", Restart.ByAgent);

        assertThat(run(List.of(web), List.of(state(web, false, false)))).containsExactly("start web");
        assertThat(run(List.of(byAgent), List.of(state(byAgent, false, false)))).isEmpty();
    }

    @Test
    void whatIsNotWantedGoesBeforeAnythingIsStarted() {
        var old = container("old", "image:1", Restart.ByAgent);

        assertThat(run(List.of(web), List.of(running(old)))).containsExactly("remove old", "start web");
        assertThat(run(List.of(), List.of(running(old), running(web)))).containsExactly("remove old", "remove web");
    }

    @Test
    void theDigestIsOfEverythingAndOfNoOrderOfASet() {
        var same = container("web", "image:1", Restart.Always);

        assertThat(same.digest()).isEqualTo(web.digest());
        assertThat(container("web", "image:1", Restart.ByAgent).digest()).isNotEqualTo(web.digest());
        assertThat(container("web", "image:2", Restart.Always).digest()).isNotEqualTo(web.digest());
    }

    private List<String> run(List<Container> wanted, List<ContainerState> found) {
        calls.made.clear();
        planner.plan(wanted, found).actions().forEach(action -> {
            try {
                action.apply();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        return List.copyOf(calls.made);
    }

    private static Container container(String name, String image, Restart restart) {
        return new Container(
                name,
                OWNER,
                "mc-elb-1",
                image,
                List.of("-W"),
                65532,
                List.of(new Container.Mount(Path.of("/a"), Path.of("/b"), false)),
                new Container.Limits(128, 100, 1024),
                Set.of(),
                restart);
    }

    private static ContainerState running(Container wish) {
        return state(wish, true, false);
    }

    private static ContainerState state(Container wish, boolean running, boolean strayed) {
        return new ContainerState(
                wish.name(), OWNER, "haproxy", wish.digest(), running, running ? 7 : 0, running ? 0 : 137, strayed);
    }

    /** What the steps ask for. */
    private static final class Calls implements Containers {
        private final List<String> made = new ArrayList<>();

        @Override
        public void start(Container container) {
            made.add("start " + container.name());
        }

        @Override
        public void remove(String name) {
            made.add("remove " + name);
        }

        @Override
        public Optional<String> obstacle() {
            throw new AssertionError("a planner looks at nothing");
        }

        @Override
        public Optional<String> image(String name) {
            throw new AssertionError("a planner looks at nothing");
        }

        @Override
        public List<ContainerState> find(OwnerTag owner) {
            throw new AssertionError("a planner looks at nothing");
        }

        @Override
        public List<ContainerState> all() {
            throw new AssertionError("a planner looks at nothing");
        }

        @Override
        public String lastWords(String name) {
            throw new AssertionError("a planner looks at nothing");
        }
    }
}
