package io.minicloud.controller.attachment;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Attachment;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a network interface and an instance say of their attachment. The interface says first in its status which instance it
 * is bound to; only then does the instance take it, and only while the spec of the interface says the same. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html">Network interface attachments</a>
 */
public final class Attachments {
    /** Interfaces by the AWS id of the instance that they are attached to, also while they leave it. */
    public static final String ATTACHED = "attached";

    /** Interfaces by the AWS id of the instance that their status names, also when that one is gone. */
    public static final String RECORDED = "recorded";

    /** The machine has it. */
    public static final String STATUS_ATTACHED = "attached";

    /** The instance that had it is terminated. */
    public static final String STATUS_DETACHED = "detached";

    private Attachments() {}

    /** Indexes interfaces by the instance that their status names. */
    public static void index(IndexerResourceCache<NetworkInterface> cache) {
        cache.addIndexer(RECORDED, eni -> instanceIds(recorded(eni)));
        cache.addIndexer(
                ATTACHED,
                eni -> instanceIds(recorded(eni).filter(attachment -> !STATUS_DETACHED.equals(attachment.status()))));
    }

    private static List<String> instanceIds(Optional<Attachment> attachment) {
        return attachment.map(Attachment::instanceId).stream().toList();
    }

    /** The AWS id of an instance. */
    public static String instanceId(HasMetadata instance) {
        return AwsId.of("i", instance.getMetadata().getUid());
    }

    /** What the status of an interface says of its attachment. */
    public static Optional<Attachment> recorded(NetworkInterface eni) {
        return Optional.ofNullable(eni.getStatus()).flatMap(status -> Optional.ofNullable(status.attachment()));
    }

    /** The attachment that the status names, where the spec still asks for the same place on an instance of that name. */
    public static Optional<Attachment> kept(NetworkInterface eni) {
        var wanted = eni.getSpec().attachment();
        return recorded(eni)
                .filter(attachment -> wanted != null)
                .filter(attachment -> Objects.equals(attachment.instanceRef(), wanted.instanceRef()))
                .filter(attachment -> Objects.equals(attachment.deviceIndex(), wanted.deviceIndex()));
    }

    /** Whether an interface is bound to this very instance and is to stay so. */
    public static boolean isKeptBy(Instance instance, NetworkInterface eni) {
        return kept(eni)
                .filter(attachment -> instanceId(instance).equals(attachment.instanceId()))
                .isPresent();
    }

    /** Whether an interface is the one that is made with an instance, a NAT gateway or a node of a load balancer. */
    public static boolean isPrimary(NetworkInterface eni) {
        var wanted = eni.getSpec().attachment();
        return wanted != null && Objects.equals(wanted.deviceIndex(), 0);
    }
}
