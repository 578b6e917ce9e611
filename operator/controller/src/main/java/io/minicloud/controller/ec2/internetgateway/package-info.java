/** InternetGateway: the VPC to which it is attached. */
@NullMarked
package io.minicloud.controller.ec2.internetgateway;

import org.jspecify.annotations.NullMarked;
