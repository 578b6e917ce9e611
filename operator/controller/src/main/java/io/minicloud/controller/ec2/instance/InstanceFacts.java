package io.minicloud.controller.ec2.instance;

import java.util.List;

/**
 * What the metadata service tells a guest about itself.
 *
 * @param instanceId e.g. {@code i-0f3a…}
 * @param instanceType e.g. {@code t3.micro}
 * @param imageId e.g. {@code ami-0f3a…}
 * @param launchTime when the instance was made, RFC 3339
 * @param accountId the 12 digits
 * @param region e.g. {@code home-1}
 * @param availabilityZone e.g. {@code home-1a}
 * @param rootDevice the name of the root device without {@code /dev/}; empty for a guest without a disk
 * @param primary the primary network interface
 * @param others the other network interfaces
 */
record InstanceFacts(
        String instanceId,
        String instanceType,
        String imageId,
        String launchTime,
        String accountId,
        String region,
        String availabilityZone,
        String rootDevice,
        Interface primary,
        List<Interface> others) {
    /**
     * A network interface.
     *
     * @param deviceNumber the place on the instance; 0 is the primary one
     * @param networkInterfaceId e.g. {@code eni-0f3a…}
     * @param mac the MAC address
     * @param privateIps the private addresses, the primary one first
     * @param privateDnsName e.g. {@code ip-10-0-1-10.home-1.compute.internal}
     * @param subnetId the AWS id of the subnet
     * @param subnetCidr the range of the subnet
     * @param vpcId the AWS id of the VPC
     * @param vpcCidrs the ranges of the VPC, the primary one first
     * @param groupIds the AWS ids of the security groups
     * @param groupNames the names of the security groups, in the same order
     */
    record Interface(
            int deviceNumber,
            String networkInterfaceId,
            String mac,
            List<String> privateIps,
            String privateDnsName,
            String subnetId,
            String subnetCidr,
            String vpcId,
            List<String> vpcCidrs,
            List<String> groupIds,
            List<String> groupNames) {
        /** The primary private address. */
        String privateIp() {
            return privateIps.getFirst();
        }
    }
}
