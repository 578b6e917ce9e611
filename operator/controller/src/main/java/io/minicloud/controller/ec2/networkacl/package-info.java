/** NetworkAcl: its entries and the subnets around which it stands. */
@NullMarked
package io.minicloud.controller.ec2.networkacl;

import org.jspecify.annotations.NullMarked;
