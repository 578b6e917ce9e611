package io.minicloud.agent;

import io.minicloud.api.common.Labels;
import io.minicloud.reconcile.identity.AwsId;
import java.nio.file.Path;

/**
 * What the whole agent is told at start.
 *
 * @param installationId the uid of the namespace {@code minicloud-system}
 * @param hostName the name of this machine's {@code Host}
 * @param home the state folder, MINICLOUD_HOME
 * @param imageFolder where images named by file lie
 * @param diskFolder where disks are made; owned by the user that QEMU runs as
 * @param runFolder short-lived files: configurations, leases, consoles
 * @param libvirtUri e.g. {@code qemu+unix:///system?socket=/var/lib/minicloud/run/libvirt/libvirt-sock}
 * @param serviceCidr the installation's service range, e.g. {@code 100.64.0.0/16}
 */
public record AgentSettings(
        String installationId,
        String hostName,
        Path home,
        Path imageFolder,
        Path diskFolder,
        Path runFolder,
        String libvirtUri,
        String serviceCidr) {

    /** The namespace of this machine's host objects. */
    public String hostNamespace() {
        return Labels.HOST_NAMESPACE_PREFIX + hostName;
    }

    /** What the name server of this machine is called, e.g. {@code dns-0123456789abcdef0}. */
    public String nameServerId() {
        return AwsId.of("dns", installationId + "/" + hostName);
    }
}
