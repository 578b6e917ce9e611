package io.minicloud.controller.ec2.networkinterface;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.resolver.Cached;
import java.util.List;

/** What an interface is attached to, as the caches of its reconciler know it. */
final class InterfaceAttachment {
    private InterfaceAttachment() {}

    /** What stands around the attachment. */
    static AttachmentView view(NetworkInterface eni, Context<NetworkInterface> context) {
        var instance = InterfacePorts.instance(eni, context);
        return new AttachmentView(
                instance,
                instance.flatMap(found -> Cached.of(context, InstanceType.class)
                        .find(found.getSpec().instanceType())
                        .map(InstanceType::getSpec)),
                instance.map(found -> others(eni, Attachments.instanceId(found), context))
                        .orElse(List.of()),
                InterfacePorts.hasPort(eni, context),
                InterfacePorts.isTaken(eni, context));
    }

    /** What comes of it. The interface of an instance or of a NAT gateway follows that, whatever else there is. */
    static AttachmentOutcome judge(
            NetworkInterface eni, InterfacePlace place, AttachmentView around, Context<NetworkInterface> context) {
        return Attachments.isPrimary(eni)
                ? new AttachmentOutcome(
                        around.instance()
                                .map(instance -> AttachmentRules.primary(eni, instance))
                                .orElse(null),
                        InterfacePorts.host(eni, context).orElse(null),
                        null)
                : AttachmentRules.judge(eni, place, around);
    }

    /** The other interfaces that are bound to an instance, without its primary one. */
    static List<NetworkInterface> others(NetworkInterface eni, String instanceId, Context<NetworkInterface> context) {
        return context.getPrimaryCache().byIndex(Attachments.ATTACHED, instanceId).stream()
                .filter(other ->
                        !other.getMetadata().getUid().equals(eni.getMetadata().getUid()))
                .filter(other -> !Attachments.isPrimary(other))
                .toList();
    }
}
