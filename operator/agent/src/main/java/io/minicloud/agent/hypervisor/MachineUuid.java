package io.minicloud.agent.hypervisor;

import io.minicloud.reconcile.identity.Sha256;

/**
 * The SMBIOS uuid of a machine. It starts with {@code ec2}, and the serial number equals it: by that cloud-init and
 * others know EC2.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html">Identify EC2 instances</a>
 */
final class MachineUuid {
    private MachineUuid() {}

    static String of(String instanceId) {
        var hex = "ec2" + Sha256.hex(instanceId);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20, 32));
    }
}
