package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.reconcile.plan.Action;

/**
 * Writes where an instance lives, under a field manager of its own and only onto the object that was read: when another
 * controller wrote in between, the API server refuses and the next pass looks again.
 *
 * @param client the API
 * @param instance the instance as it was read
 * @param placement where it goes
 */
record PlacementWriter(KubernetesClient client, Instance instance, InstanceStatus.Placement placement)
        implements Action {
    /** The owner of {@code status.placement}. */
    static final String FIELD_MANAGER = "minicloud-placement";

    @Override
    public String describe() {
        return "place Instance %s/%s on %s"
                .formatted(
                        instance.getMetadata().getNamespace(),
                        instance.getMetadata().getName(),
                        placement.host());
    }

    @Override
    public void apply() {
        var patch = new Instance();
        patch.getMetadata().setNamespace(instance.getMetadata().getNamespace());
        patch.getMetadata().setName(instance.getMetadata().getName());
        patch.getMetadata().setResourceVersion(instance.getMetadata().getResourceVersion());
        patch.setStatus(new InstanceStatus(
                null, null, null, null, null, null, null, null, null, null, null, null, null, placement, null));
        client.resource(patch)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }
}
