package io.minicloud.controller.ec2.instance;

import io.minicloud.api.ec2.Image;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import java.util.Optional;

/**
 * Everything that an instance refers to, found and usable.
 *
 * @param accountId the account
 * @param image the image, available
 * @param type the instance type
 * @param subnet the subnet
 * @param vpc the VPC of the subnet
 * @param root the root volume; empty for a guest without a disk
 */
record InstanceInputs(
        String accountId, Image image, InstanceType type, Subnet subnet, Vpc vpc, Optional<RootVolume> root) {}
