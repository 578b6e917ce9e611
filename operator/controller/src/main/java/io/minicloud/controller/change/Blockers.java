package io.minicloud.controller.change;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;

/** Names those who stand in the way of a deletion. */
public final class Blockers {
    private static final int NAMED = 10;

    private Blockers() {}

    /** Kind and name of each, in order. */
    public static List<String> names(Collection<? extends HasMetadata> resources) {
        return resources.stream()
                .map(resource ->
                        resource.getKind() + " " + resource.getMetadata().getName())
                .sorted()
                .toList();
    }

    /** The message of a DependencyViolation; beyond ten names only their number. */
    public static String message(List<String> names) {
        var shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        var more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return "still in use by " + shown + more;
    }
}
