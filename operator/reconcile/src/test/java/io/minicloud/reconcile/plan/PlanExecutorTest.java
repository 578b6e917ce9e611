package io.minicloud.reconcile.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanExecutorTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void runsInOrderWithACheckpointAfterEach() {
        new PlanExecutor(action -> done.add("checkpoint " + action.describe()))
                .execute("Vpc lab/main", Plan.of(step("a"), step("b")));

        assertThat(done).containsExactly("a", "checkpoint a", "b", "checkpoint b");
    }

    @Test
    void endsAtTheFirstFailureAndNamesIt() {
        var failing = new Step("b", new IOException("no space"));
        var plan = Plan.of(step("a"), failing, step("c"));

        assertThatThrownBy(() -> new PlanExecutor(Checkpoint.NONE).execute("Vpc lab/main", plan))
                .isInstanceOfSatisfying(
                        ActionFailedException.class, e -> assertThat(e.action()).isEqualTo("b"))
                .hasMessage("Vpc lab/main: b: no space");
        assertThat(done).containsExactly("a");
    }

    @Test
    void keepsTheInterruptOfAnAction() {
        var interrupted = new Step("a", new InterruptedException("stop"));

        assertThatThrownBy(() -> new PlanExecutor(Checkpoint.NONE).execute("Vpc lab/main", Plan.of(interrupted)))
                .isInstanceOf(ActionFailedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anEmptyPlanDoesNothing() {
        new PlanExecutor(action -> done.add(action.describe())).execute("Vpc lab/main", Plan.empty());

        assertThat(done).isEmpty();
    }

    private Step step(String name) {
        return new Step(name, null);
    }

    private final class Step implements Action {
        private final String name;
        private final Exception failure;

        Step(String name, Exception failure) {
            this.name = name;
            this.failure = failure;
        }

        @Override
        public String describe() {
            return name;
        }

        @Override
        public void apply() throws Exception {
            if (failure != null) {
                throw failure;
            }
            done.add(name);
        }
    }
}
