package io.minicloud.controller.derived;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.common.Labels;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metadata of objects that are derived from another one, and whether they are as they should be. */
public final class Derived {
    private Derived() {}

    /**
     * The metadata of an object that stands on a host for a cloud object of another namespace.
     *
     * @param owner the cloud object
     * @param namespace where the derived object lives
     * @param name its name
     */
    public static ObjectMeta onHost(HasMetadata owner, String namespace, String name) {
        var meta = owner.getMetadata();
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of(
                        Labels.MANAGED_BY, Labels.MANAGER,
                        Labels.OWNER_KIND, owner.getKind().toLowerCase(Locale.ROOT),
                        Labels.OWNER_NAMESPACE, meta.getNamespace(),
                        Labels.OWNER_UID, meta.getUid()))
                .withAnnotations(Map.of(Labels.OWNER_NAME, meta.getName()))
                .build();
    }

    /**
     * The metadata of a child: a cloud object of the same namespace that its owner makes.
     *
     * @param owner the owner
     * @param name the child's name
     */
    public static ObjectMeta child(HasMetadata owner, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.MANAGER))
                .withOwnerReferences(controlledBy(owner))
                .build();
    }

    /** Whether an object has this owner as its controller. */
    public static boolean isChild(HasMetadata object, HasMetadata owner) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> Boolean.TRUE.equals(reference.getController())
                        && reference.getUid().equals(owner.getMetadata().getUid()));
    }

    /** Whether an object has the spec of the plan and its own brain has programmed that spec. */
    public static <R extends CustomResource<?, ? extends Conditioned>> boolean programmed(
            @Nullable R observed, R desired) {
        return observed != null
                && Objects.equals(observed.getSpec(), desired.getSpec())
                && Conditions.isTrue(observed, ConditionType.PROGRAMMED);
    }

    /** Whether the agent has made what a host object says and nothing on its machine keeps that from being of use. */
    public static boolean isUsable(CustomResource<?, ? extends Conditioned> observed) {
        return Conditions.isTrue(observed, ConditionType.PROGRAMMED)
                && Conditions.find(observed.getStatus(), ConditionType.READY)
                        .filter(Derived::isUntrue)
                        .isEmpty();
    }

    /**
     * What the agent says of a host object that is not programmed, after the host's name. It stands in the cloud object
     * because its user does not see the host's.
     *
     * @param namespace the host's namespace
     * @param observed the object, null when there is none yet
     */
    public static String why(String namespace, @Nullable CustomResource<?, ? extends Conditioned> observed) {
        return "host " + References.hostOf(namespace) + ": " + why(observed);
    }

    /**
     * What its own brain says of an object that is not programmed, or is and cannot be used: the reason and, where there is one, the message.
     *
     * @param observed the object, null when there is none yet
     */
    public static String why(@Nullable CustomResource<?, ? extends Conditioned> observed) {
        return Optional.ofNullable(observed)
                .flatMap(found -> Stream.of(ConditionType.PROGRAMMED, ConditionType.READY)
                        .flatMap(type -> Conditions.find(found.getStatus(), type).stream())
                        .filter(Derived::isUntrue)
                        .findFirst())
                .map(condition -> condition.message().isBlank()
                        ? condition.reason()
                        : condition.reason() + ": " + condition.message())
                .orElse("no answer yet");
    }

    private static boolean isUntrue(Condition condition) {
        return !condition.status().equals("True");
    }

    private static OwnerReference controlledBy(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build();
    }
}
