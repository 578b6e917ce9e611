package io.minicloud.controller.change;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must be written and what must go so that the objects that are there become those that should be.
 *
 * @param <R> the kind
 * @param apply the objects to write, in the order of the desired ones
 * @param delete the objects to delete
 */
public record Changes<R extends CustomResource<?, ?>>(List<R> apply, List<R> delete) {
    /**
     * Compares by namespace and name: spec, labels and annotations of ours. What is on its way out is not deleted again.
     *
     * @param desired what should be there
     * @param observed what is there, of ours
     */
    public static <R extends CustomResource<?, ?>> Changes<R> between(Collection<R> desired, Collection<R> observed) {
        var present = byId(observed);
        var wanted = byId(desired);
        var apply = desired.stream()
                .filter(resource -> !same(resource, present.get(ResourceID.fromResource(resource))))
                .toList();
        var delete = observed.stream()
                .filter(resource -> !wanted.containsKey(ResourceID.fromResource(resource)))
                .filter(resource -> !resource.isMarkedForDeletion())
                .toList();
        return new Changes<>(apply, delete);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return apply.isEmpty() && delete.isEmpty();
    }

    /** The plan that makes the changes: first what is written, then what goes. */
    public Plan plan(ObjectWriter writer) {
        var actions = new ArrayList<Action>();
        apply.forEach(resource -> actions.add(new ApplyObject(writer, resource)));
        delete.forEach(resource -> actions.add(new DeleteObject(writer, resource)));
        return new Plan(actions);
    }

    private static <R extends CustomResource<?, ?>> Map<ResourceID, R> byId(Collection<R> resources) {
        return resources.stream()
                .collect(Collectors.toMap(ResourceID::fromResource, Function.identity(), (one, other) -> one));
    }

    private static boolean same(CustomResource<?, ?> desired, @Nullable CustomResource<?, ?> present) {
        return present != null
                && Objects.equals(desired.getSpec(), present.getSpec())
                && holds(
                        present.getMetadata().getLabels(), desired.getMetadata().getLabels())
                && holds(
                        present.getMetadata().getAnnotations(),
                        desired.getMetadata().getAnnotations());
    }

    private static boolean holds(@Nullable Map<String, String> present, @Nullable Map<String, String> desired) {
        return desired == null
                || desired.isEmpty()
                || present != null && present.entrySet().containsAll(desired.entrySet());
    }

    private record ApplyObject(ObjectWriter writer, HasMetadata resource) implements Action {
        @Override
        public String describe() {
            return "apply " + name(resource);
        }

        @Override
        public void apply() {
            writer.apply(resource);
        }
    }

    private record DeleteObject(ObjectWriter writer, HasMetadata resource) implements Action {
        @Override
        public String describe() {
            return "delete " + name(resource);
        }

        @Override
        public void apply() {
            writer.delete(resource);
        }
    }

    private static String name(HasMetadata resource) {
        var namespace = resource.getMetadata().getNamespace();
        var name = resource.getMetadata().getName();
        return resource.getKind() + " " + (namespace == null ? name : namespace + "/" + name);
    }
}
