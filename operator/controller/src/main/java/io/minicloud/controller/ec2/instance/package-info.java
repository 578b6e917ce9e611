/** Instances: from one object to an interface, a volume, user data and a machine on a host. */
@NullMarked
package io.minicloud.controller.ec2.instance;

import org.jspecify.annotations.NullMarked;
