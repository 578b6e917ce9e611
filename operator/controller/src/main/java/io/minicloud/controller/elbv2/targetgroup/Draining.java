package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.controller.loadbalancing.ProxyTargets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Targets that were taken out and end what they have begun. When each is forgotten stands in the status, so that a controller that begins
 * anew knows it too. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html">Deregistration delay</a>
 */
final class Draining {
    private Draining() {}

    /**
     * Those that drain now.
     *
     * @param before the targets as they were last told
     * @param registered those that are targets: what is registered again does not drain
     * @param delay how long one drains that is taken out now
     * @param now the present
     */
    static List<TargetHealth> of(
            List<TargetHealth> before, Collection<Registered> registered, Duration delay, Instant now) {
        var keys = registered.stream().map(Registered::key).collect(Collectors.toSet());
        return before.stream()
                .filter(target -> target.address() != null)
                .filter(target -> !keys.contains(Registered.key(target.target())))
                .map(target -> ProxyTargets.isDraining(target)
                        ? target
                        : new TargetHealth(
                                target.target(),
                                ProxyTargets.DRAINING,
                                "Target.DeregistrationInProgress",
                                "Target deregistration is in progress",
                                target.address(),
                                now.plus(delay).truncatedTo(ChronoUnit.SECONDS).toString()))
                .filter(target -> end(target).isAfter(now))
                .sorted(Comparator.comparing(target -> Registered.key(target.target())))
                .toList();
    }

    /** How long until the first of them is forgotten. */
    static Optional<Duration> next(List<TargetHealth> targets, Instant now) {
        return targets.stream()
                .filter(ProxyTargets::isDraining)
                .map(Draining::end)
                .min(Comparator.naturalOrder())
                .map(end -> Duration.between(now, end));
    }

    private static Instant end(TargetHealth target) {
        return Instant.parse(Objects.requireNonNull(target.drainsUntil()));
    }
}
