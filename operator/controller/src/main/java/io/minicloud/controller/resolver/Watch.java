package io.minicloud.controller.resolver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.api.common.Conditioned;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Objects;
import java.util.function.Function;

/**
 * Event sources in all namespaces. A mapper must be a total function: one that throws stops its event.
 *
 * @param <P> the kind that is reconciled
 */
public final class Watch<P extends HasMetadata> {
    private final EventSourceContext<P> context;

    /** Watches for the reconciler with this context. */
    public Watch(EventSourceContext<P> context) {
        this.context = context;
    }

    /** Wakes the primaries at every change, those of status included: for objects that the agents report on. */
    public <R extends HasMetadata> InformerEventSource<R, P> all(Class<R> type, SecondaryToPrimaryMapper<R> mapper) {
        return source(type, mapper, (now, before) -> true);
    }

    /**
     * Wakes the primaries when the spec, the deletion or the judgement changed, not at every word of status. What was not
     * judged yet wakes nobody: of a thousand that wait for it, each would only write that it waits for something else.
     */
    public <R extends CustomResource<?, ? extends Conditioned>> InformerEventSource<R, P> accepted(
            Class<R> type, SecondaryToPrimaryMapper<R> mapper) {
        return accepted(type, mapper, told -> "");
    }

    /** The same, and when what this function gives of the status is another. */
    public <R extends CustomResource<?, ? extends Conditioned>> InformerEventSource<R, P> accepted(
            Class<R> type, SecondaryToPrimaryMapper<R> mapper, Function<R, ?> told) {
        return source(configuration(type, mapper)
                .withOnAddFilter(added -> !judgement(added).isEmpty())
                .withOnUpdateFilter((now, before) -> specChanged(now, before)
                        || !judgement(now).equals(judgement(before))
                        || !told.apply(now).equals(told.apply(before))));
    }

    /** Wakes the primaries when the filter says so. */
    public <R extends HasMetadata> InformerEventSource<R, P> source(
            Class<R> type, SecondaryToPrimaryMapper<R> mapper, OnUpdateFilter<R> filter) {
        return source(configuration(type, mapper).withOnUpdateFilter(filter));
    }

    private <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> configuration(
            Class<R> type, SecondaryToPrimaryMapper<R> mapper) {
        return InformerEventSourceConfiguration.from(type, context.getPrimaryResourceClass())
                .withWatchAllNamespaces()
                .withSecondaryToPrimaryMapper(mapper);
    }

    private <R extends HasMetadata> InformerEventSource<R, P> source(
            InformerEventSourceConfiguration.Builder<R> configuration) {
        return new InformerEventSource<>(configuration.build(), context);
    }

    /** What is said of the spec, and of which one: those that wait for it ask for the present one. */
    private static String judgement(CustomResource<?, ? extends Conditioned> resource) {
        return Conditions.find(resource.getStatus(), ConditionType.ACCEPTED)
                .map(accepted -> accepted.status() + " " + accepted.observedGeneration())
                .orElse("");
    }

    /** Whether the spec is another or the deletion has begun. */
    public static boolean specChanged(HasMetadata now, HasMetadata before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }
}
