package io.minicloud.controller.resolver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.minicloud.api.common.Labels;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How a derived object, which lives in another namespace, points back to the cloud object it stands for. */
public final class OwnerLink {
    private OwnerLink() {}

    /**
     * The metadata of a derived object.
     *
     * @param owner the cloud object
     * @param namespace where the derived object lives
     * @param name its name
     * @param vpcId the AWS id of the VPC that it belongs to
     */
    public static ObjectMeta metadata(HasMetadata owner, String namespace, String name, String vpcId) {
        var meta = owner.getMetadata();
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of(
                        Labels.MANAGED_BY, Labels.MANAGER,
                        Labels.VPC_ID, vpcId,
                        Labels.OWNER_KIND, kind(owner),
                        Labels.OWNER_NAMESPACE, meta.getNamespace(),
                        Labels.OWNER_UID, meta.getUid()))
                .withAnnotations(Map.of(Labels.OWNER_NAME, meta.getName()))
                .build();
    }

    /**
     * Whom a derived object belongs to: nobody when its labels do not say, whoever wrote them.
     *
     * @param kind the lower-case kind that is asked for
     * @param derived any object
     */
    public static Set<ResourceID> owner(String kind, HasMetadata derived) {
        var labels = derived.getMetadata().getLabels();
        var annotations = derived.getMetadata().getAnnotations();
        if (labels == null || annotations == null || !kind.equals(labels.get(Labels.OWNER_KIND))) {
            return Set.of();
        }
        var namespace = labels.get(Labels.OWNER_NAMESPACE);
        var name = annotations.get(Labels.OWNER_NAME);
        return namespace == null || name == null ? Set.of() : Set.of(new ResourceID(name, namespace));
    }

    /** A label's value, or an empty text. */
    public static String label(HasMetadata resource, String label) {
        var labels = resource.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(label, "");
    }

    private static String kind(HasMetadata resource) {
        return resource.getKind().toLowerCase(Locale.ROOT);
    }
}
