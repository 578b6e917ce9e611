/** The cloud API of EC2 and VPC: what someone wants, in AWS words. */
@NullMarked
package io.minicloud.api.ec2;

import org.jspecify.annotations.NullMarked;
