package io.minicloud.reconcile.event;

import static io.minicloud.reconcile.condition.ConditionType.ACCEPTED;
import static io.minicloud.reconcile.condition.ConditionType.PROGRAMMED;
import static io.minicloud.reconcile.condition.ConditionType.READY;

import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.condition.Conditions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened between two statuses of an object. It says nothing that the status does not say, and as little as it
 * can, because every event is a write: all that became true in a pass is one event, named after the weightiest
 * condition; what is not true is one event per reason, named after the reason; a new state is one more. Messages alone
 * make no event. The conditions that a kind has of its own are details of these three.
 */
public final class Transitions {
    private static final List<String> BY_WEIGHT = List.of(ACCEPTED, PROGRAMMED, READY);

    /**
     * The reasons that nobody need worry about are named after what goes on (Creating, RemovingPort, AwaitingHost) or
     * what is still to come (ImagePending).
     */
    private static final Pattern UNDER_WAY = Pattern.compile("[A-Z][a-z]+ing([A-Z].*)?|.*Pending");

    private Transitions() {}

    /**
     * The events of a pass.
     *
     * @param before the status that was read, null when there was none
     * @param after the status that is written, null when there is none
     */
    public static List<Transition> between(@Nullable Conditioned before, @Nullable Conditioned after) {
        if (after == null) {
            return List.of();
        }
        var transitions = new ArrayList<Transition>();
        state(before, after).ifPresent(transitions::add);
        var changed = BY_WEIGHT.stream()
                .flatMap(type -> Conditions.find(after, type).stream())
                .filter(condition -> changed(Conditions.find(before, condition.type()), condition))
                .toList();
        becameTrue(changed.stream().filter(Transitions::isTrue).toList()).ifPresent(transitions::add);
        changed.stream()
                .filter(condition -> !isTrue(condition))
                .collect(Collectors.groupingBy(Condition::reason, LinkedHashMap::new, Collectors.toList()))
                .forEach((reason, conditions) -> transitions.add(notTrue(reason, conditions)));
        return transitions;
    }

    /** The event of an object that goes now. */
    public static Transition deleted() {
        return Transition.normal("Deleted", "The deletion is complete.");
    }

    private static Optional<Transition> state(@Nullable Conditioned before, Conditioned after) {
        var from = before == null ? null : before.state();
        var to = after.state();
        return from == null || to == null || from.equals(to)
                ? Optional.empty()
                : Optional.of(Transition.normal(camelCase(to), "state " + from + " -> " + to));
    }

    private static boolean changed(Optional<Condition> before, Condition after) {
        return before.map(was ->
                        !was.status().equals(after.status()) || !was.reason().equals(after.reason()))
                .orElseGet(() -> !nothingSaid(after));
    }

    private static Optional<Transition> becameTrue(List<Condition> conditions) {
        return conditions.isEmpty()
                ? Optional.empty()
                : Optional.of(Transition.normal(conditions.getLast().type(), note(conditions, Transitions::why)));
    }

    private static Transition notTrue(String reason, List<Condition> conditions) {
        var note = note(conditions, condition -> "");
        return UNDER_WAY.matcher(reason).matches() ? Transition.normal(reason, note) : Transition.warning(reason, note);
    }

    private static String why(Condition condition) {
        return condition.reason().equals(condition.type()) ? "" : " (" + condition.reason() + ")";
    }

    private static String note(List<Condition> conditions, Function<Condition, String> why) {
        var said = conditions.stream()
                .map(condition -> condition.type() + "=" + condition.status() + why.apply(condition))
                .collect(Collectors.joining(", "));
        var messages = conditions.stream()
                .map(Condition::message)
                .filter(message -> !message.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        return messages.isEmpty() ? said : said + ": " + messages;
    }

    private static boolean nothingSaid(Condition condition) {
        return condition.status().equals("Unknown") && condition.reason().equals(ConditionBuilder.PENDING);
    }

    private static boolean isTrue(Condition condition) {
        return condition.status().equals("True");
    }

    /** {@code shutting-down} becomes {@code ShuttingDown}. */
    private static String camelCase(String state) {
        return Stream.of(state.split("-"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
