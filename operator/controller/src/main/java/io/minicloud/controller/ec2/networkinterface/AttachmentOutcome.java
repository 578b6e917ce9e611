package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Attachment;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.change.Progress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What comes of the attachment of an interface.
 *
 * @param told what the status says; null: it is attached to nothing
 * @param host where its port is to be; null: nowhere
 * @param waiting what is waited for; null: nothing
 */
record AttachmentOutcome(
        @Nullable Attachment told,
        @Nullable String host,
        @Nullable Progress waiting) {
    /** Whether the port must wait until the status says to which instance the interface is bound. */
    boolean isRecording(NetworkInterface eni) {
        return host != null
                && told != null
                && !Attachments.isPrimary(eni)
                && Attachments.kept(eni)
                        .filter(before -> Objects.equals(before.attachmentId(), told.attachmentId()))
                        .isEmpty();
    }

    /** Whether it is to have a port now. */
    boolean hasPort(NetworkInterface eni) {
        return host != null && !isRecording(eni);
    }

    /**
     * How far the port has come.
     *
     * @param port what is said of the port
     * @param desired the port that should be; null: none
     */
    Progress programmed(Progress port, @Nullable HostInterface desired) {
        return desired == null && waiting != null ? waiting : port;
    }
}
