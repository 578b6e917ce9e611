package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Attachment;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether an interface is attached as its spec says. It is bound to one instance for as long as the spec does not change: of
 * two that want the same place the first has it, and the next instance of that name does not get it. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html">AttachNetworkInterface</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">Error codes</a>
 */
final class AttachmentRules {
    private static final String ATTACHING = "attaching";
    private static final String DETACHING = "detaching";

    private AttachmentRules() {}

    /**
     * Judges the attachment of an interface that nobody makes for an instance or a NAT gateway.
     *
     * @param eni the interface
     * @param place where it belongs
     * @param around what stands around it
     */
    static AttachmentOutcome judge(NetworkInterface eni, InterfacePlace place, AttachmentView around) {
        var kept = Attachments.kept(eni);
        var left = Attachments.recorded(eni).filter(attachment -> kept.isEmpty());
        if (left.isPresent() && around.hasPort()) {
            return leaving(left.get());
        }
        var wanted = eni.getSpec().attachment();
        if (wanted == null) {
            return new AttachmentOutcome(null, null, null);
        }
        return kept.map(attachment -> bound(eni, attachment, around))
                .orElseGet(() -> unbound(eni, wanted, place, around));
    }

    /** The attachment of the interface that an instance makes: as old as the instance. */
    static Attachment primary(NetworkInterface eni, Instance instance) {
        return attachment(eni, instance, Attachments.STATUS_ATTACHED);
    }

    /** The host of an instance. */
    static Optional<String> host(Instance instance) {
        return Optional.ofNullable(instance.getStatus())
                .map(InstanceStatus::placement)
                .map(InstanceStatus.Placement::host);
    }

    private static AttachmentOutcome bound(NetworkInterface eni, Attachment kept, AttachmentView around) {
        var instance = around.instance()
                .filter(found -> Attachments.isKeptBy(found, eni))
                .filter(found -> !found.isMarkedForDeletion());
        if (instance.isEmpty()) {
            return around.hasPort() ? leaving(kept) : terminated(kept);
        }
        var before = Attachments.STATUS_ATTACHED.equals(kept.status());
        var refusal = before ? Optional.<Progress>empty() : refusal(eni, instance.get(), around, ahead(eni, around));
        if (refusal.isPresent()) {
            return around.hasPort() ? leaving(kept) : new AttachmentOutcome(null, null, refusal.get());
        }
        var attached = before || around.isTaken();
        return new AttachmentOutcome(
                attachment(eni, instance.get(), attached ? Attachments.STATUS_ATTACHED : ATTACHING),
                host(instance.get()).orElse(null),
                attached ? null : attaching(instance.get()));
    }

    private static AttachmentOutcome unbound(
            NetworkInterface eni, NetworkInterfaceSpec.Attachment wanted, InterfacePlace place, AttachmentView around) {
        var name = "Instance " + wanted.instanceRef().name();
        if (around.instance().isEmpty()) {
            return waiting(NetworkInterfaceReason.InstanceNotFound, name + " does not exist in this namespace");
        }
        var instance = around.instance().get();
        if (instance.isMarkedForDeletion()) {
            return waiting(NetworkInterfaceReason.IncorrectInstanceState, name + " is being terminated");
        }
        var host = host(instance);
        if (host.isEmpty() || instance.getStatus().vpcId() == null) {
            return waiting(NetworkInterfaceReason.AwaitingPlacement, name + " has no host yet");
        }
        return elsewhere(instance, place)
                .or(() -> refusal(eni, instance, around, around.others()))
                .map(refusal -> new AttachmentOutcome(null, null, refusal))
                .orElseGet(() ->
                        new AttachmentOutcome(attachment(eni, instance, ATTACHING), host.get(), attaching(instance)));
    }

    private static Optional<Progress> elsewhere(Instance instance, InterfacePlace place) {
        var name = "Instance " + instance.getMetadata().getName();
        var zone = instance.getStatus().placement().availabilityZone();
        if (!place.subnet().getSpec().availabilityZone().equals(zone)) {
            return refused(
                    NetworkInterfaceReason.InvalidParameterCombination,
                    name + " is in " + zone + ", the subnet in "
                            + place.subnet().getSpec().availabilityZone() + ": make one in a subnet of " + zone);
        }
        return place.vpcId().equals(instance.getStatus().vpcId())
                ? Optional.empty()
                : refused(
                        NetworkInterfaceReason.InvalidParameterCombination,
                        name + " is in " + instance.getStatus().vpcId() + ", the subnet in " + place.vpcId()
                                + ": make one in a subnet of that Vpc");
    }

    /** Why an instance does not take an interface, given those that come before it. */
    private static Optional<Progress> refusal(
            NetworkInterface eni, Instance instance, AttachmentView around, List<NetworkInterface> ahead) {
        var name = "Instance " + instance.getMetadata().getName();
        var index = eni.getSpec().attachment().deviceIndex();
        var holder = ahead.stream()
                .filter(other -> Attachments.recorded(other)
                        .filter(attachment -> Objects.equals(attachment.deviceIndex(), index))
                        .isPresent())
                .findFirst();
        if (holder.isPresent()) {
            return refused(
                    NetworkInterfaceReason.InvalidParameterValue,
                    "NetworkInterface " + holder.get().getMetadata().getName() + " has device index " + index + " of "
                            + name + ": choose another deviceIndex, or detach that one first");
        }
        if (around.type().isEmpty()) {
            return refused(
                    NetworkInterfaceReason.AwaitingPlacement,
                    "InstanceType " + instance.getSpec().instanceType() + " does not exist");
        }
        var most = around.type().get().maxNetworkInterfaces();
        if (ahead.size() + 2 > most) {
            return refused(
                    NetworkInterfaceReason.AttachmentLimitExceeded,
                    name + " of type " + instance.getSpec().instanceType() + " has " + (ahead.size() + 1) + " of "
                            + most + " interfaces: detach one, or take a larger type");
        }
        return SecondaryRules.wanted(eni.getSpec()) > around.mostSecondaries()
                ? Optional.of(SecondaryRules.limitExceeded(around.mostSecondaries()))
                : Optional.empty();
    }

    /** Of those that were bound at the same time, the others that come first. */
    private static List<NetworkInterface> ahead(NetworkInterface eni, AttachmentView around) {
        return around.others().stream()
                .filter(other -> Attachments.recorded(other)
                                .filter(attachment -> Attachments.STATUS_ATTACHED.equals(attachment.status()))
                                .isPresent()
                        || Seniority.<NetworkInterface>order().compare(other, eni) < 0)
                .toList();
    }

    private static AttachmentOutcome leaving(Attachment from) {
        return new AttachmentOutcome(
                with(from, DETACHING),
                null,
                Progress.pending(
                        NetworkInterfaceReason.Detaching,
                        "the machine of Instance " + from.instanceRef().name() + " must let go of it first"));
    }

    private static AttachmentOutcome terminated(Attachment from) {
        var name = from.instanceRef().name();
        return new AttachmentOutcome(
                with(from, Attachments.STATUS_DETACHED),
                null,
                Progress.pending(
                        NetworkInterfaceReason.InstanceTerminated,
                        "Instance " + name + ", " + from.instanceId()
                                + ", was terminated: take spec.attachment out, and once status.attachment is gone attach it to another one"));
    }

    private static AttachmentOutcome waiting(NetworkInterfaceReason reason, String message) {
        return new AttachmentOutcome(null, null, Progress.pending(reason, message));
    }

    private static Optional<Progress> refused(NetworkInterfaceReason reason, String message) {
        return Optional.of(Progress.pending(reason, message));
    }

    private static Progress attaching(Instance instance) {
        return Progress.pending(
                NetworkInterfaceReason.Attaching,
                "the machine of Instance " + instance.getMetadata().getName() + " has not taken it yet");
    }

    private static Attachment attachment(NetworkInterface eni, Instance instance, String status) {
        var wanted = eni.getSpec().attachment();
        var instanceId = Attachments.instanceId(instance);
        return new Attachment(
                AwsId.of("eni-attach", eni.getMetadata().getUid() + "/" + instanceId + "/" + wanted.deviceIndex()),
                instanceId,
                wanted.instanceRef(),
                wanted.deviceIndex(),
                status,
                Boolean.TRUE.equals(wanted.deleteOnTermination()));
    }

    private static Attachment with(Attachment from, String status) {
        return new Attachment(
                from.attachmentId(),
                from.instanceId(),
                from.instanceRef(),
                from.deviceIndex(),
                status,
                from.deleteOnTermination());
    }
}
