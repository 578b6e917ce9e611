package io.minicloud.reconcile.event;

import static io.minicloud.reconcile.event.Transition.Type.Normal;
import static io.minicloud.reconcile.event.Transition.Type.Warning;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionsTest {
    private record Status(@Nullable String state, List<Condition> conditions) implements Conditioned {
        @Override
        public Long observedGeneration() {
            return 1L;
        }
    }

    private static final Condition ACCEPTED = condition("Accepted", "True", "Accepted", "");
    private static final Condition PROGRAMMED = condition("Programmed", "True", "NoInterfaces", "No port yet.");
    private static final Condition READY = condition("Ready", "True", "NoInterfaces", "No port yet.");

    @Test
    void whatBecameTrueInAPassIsOneEventNamedAfterTheWeightiest() {
        var after = status(READY, PROGRAMMED, ACCEPTED);

        assertThat(Transitions.between(null, after))
                .containsExactly(new Transition(
                        Normal,
                        "Ready",
                        "Accepted=True, Programmed=True (NoInterfaces), Ready=True (NoInterfaces): No port yet."));
        assertThat(Transitions.between(status(ACCEPTED), status(ACCEPTED, PROGRAMMED)))
                .extracting(Transition::reason)
                .containsExactly("Programmed");
    }

    @Test
    void nothingNewIsNoEvent() {
        var status = status(ACCEPTED, PROGRAMMED, READY);

        assertThat(Transitions.between(status, status)).isEmpty();
        assertThat(Transitions.between(
                        status, status(ACCEPTED, PROGRAMMED, condition("Ready", "True", "NoInterfaces", "Reworded."))))
                .isEmpty();
        assertThat(Transitions.between(status, null)).isEmpty();
    }

    @Test
    void whatIsNotYetKnownIsNoEvent() {
        var pending = status(
                condition("Accepted", "Unknown", "Pending", ""),
                condition("Programmed", "Unknown", "Pending", ""),
                condition("Ready", "Unknown", "Pending", ""));

        assertThat(Transitions.between(null, pending)).isEmpty();
        assertThat(Transitions.between(status(ACCEPTED, PROGRAMMED, READY), pending))
                .containsExactly(
                        new Transition(Normal, "Pending", "Accepted=Unknown, Programmed=Unknown, Ready=Unknown"));
    }

    @Test
    void aRefusalIsOneWarningThatSaysWhy() {
        var message = "VPC main does not exist.";
        var refused = status(
                condition("Accepted", "False", "VpcNotFound", message),
                condition("Programmed", "Unknown", "VpcNotFound", message),
                condition("Ready", "False", "VpcNotFound", message));

        assertThat(Transitions.between(null, refused))
                .containsExactly(new Transition(
                        Warning, "VpcNotFound", "Accepted=False, Programmed=Unknown, Ready=False: " + message));
    }

    @Test
    void whatIsNotTrueIsOneEventPerReason() {
        var after = status(
                ACCEPTED,
                condition("Programmed", "False", "InsufficientInstanceCapacity", "No host has 512 MiB."),
                condition("Ready", "False", "VolumePending", ""));

        assertThat(Transitions.between(null, after))
                .containsExactly(
                        new Transition(Normal, "Accepted", "Accepted=True"),
                        new Transition(
                                Warning, "InsufficientInstanceCapacity", "Programmed=False: No host has 512 MiB."),
                        new Transition(Normal, "VolumePending", "Ready=False"));
    }

    @Test
    void anotherReasonIsNewsEvenWhenTheStatusStays() {
        var before = status(ACCEPTED, PROGRAMMED, READY);
        var after = status(ACCEPTED, PROGRAMMED, condition("Ready", "True", "Programmed", ""));

        assertThat(Transitions.between(before, after))
                .containsExactly(new Transition(Normal, "Ready", "Ready=True (Programmed)"));
    }

    @Test
    void aNewStateIsAnEventButTheFirstIsNone() {
        var pending = new Status("pending", List.of(ACCEPTED));
        var gone = new Status("shutting-down", List.of(ACCEPTED));

        assertThat(Transitions.between(status(ACCEPTED), pending)).isEmpty();
        assertThat(Transitions.between(pending, gone))
                .containsExactly(new Transition(Normal, "ShuttingDown", "state pending -> shutting-down"));
    }

    @Test
    void theConditionsOfOneKindAloneAreDetails() {
        var after = status(ACCEPTED, condition("Paused", "True", "AwaitingPorts", ""));

        assertThat(Transitions.between(status(ACCEPTED), after)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "ImagePending", "Creating", "AwaitingHost", "RemovingPort", "ShuttingDown"})
    void aReasonThatSaysWhatGoesOnIsNoWarning(String reason) {
        assertThat(type(reason)).isEqualTo(Normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InsufficientInstanceCapacity",
                "BucketMissing",
                "PartMissing",
                "EngineUnavailable",
                "DependencyViolation",
                "NameTaken"
            })
    void anyOtherIs(String reason) {
        assertThat(type(reason)).isEqualTo(Warning);
    }

    private static Transition.Type type(String reason) {
        return Transitions.between(null, status(condition("Ready", "False", reason, "")))
                .getFirst()
                .type();
    }

    private static Status status(Condition... conditions) {
        return new Status(null, List.of(conditions));
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new Condition(type, status, 1L, "2026-11-21T10:00:00Z", reason, message);
    }
}
