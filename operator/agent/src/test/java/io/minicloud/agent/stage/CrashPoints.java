package io.minicloud.agent.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Tells a story without a crash, then with one after each action, and compares what came of it. */
public final class CrashPoints {
    private CrashPoints() {}

    /**
     * Expects the same wherever the agent dies; each action has a telling of its own.
     *
     * @param story from nothing to nothing; it gives what was there at the moments that matter
     * @return the actions of the calm telling, in order
     */
    public static List<String> survivedIn(Story story) throws Exception {
        var calm = new Agent();
        var expected = story.tell(calm);
        for (int number = 1; number <= calm.done().size(); number++) {
            var agent = Agent.dyingAfter(number);
            var seen = story.tell(agent);
            assertThat(seen)
                    .as(
                            "the agent died after the last but %s of %s",
                            agent.done().size() - number, agent.done())
                    .isEqualTo(expected);
        }
        return calm.done();
    }

    /**
     * Expects the same when the agent dies after each action in the same telling: for stories whose plans are long.
     *
     * @param story from nothing to nothing; it gives what was there at the moments that matter
     * @return the actions of the calm telling, in order
     */
    public static List<String> survivedInOne(Story story) throws Exception {
        var calm = new Agent();
        var expected = story.tell(calm);
        var mortal = Agent.dyingAfterAll();
        assertThat(story.tell(mortal))
                .as("the agent died after each of %s", mortal.done())
                .isEqualTo(expected);
        assertThat(mortal.done()).hasSizeGreaterThanOrEqualTo(calm.done().size());
        return calm.done();
    }

    /** A story of one kind's objects on this machine. */
    @FunctionalInterface
    public interface Story {
        /** Tells it with this agent. */
        List<?> tell(Agent agent) throws Exception;
    }
}
