/** SecurityGroup: names, rules, ids and deletion. */
@NullMarked
package io.minicloud.controller.ec2.securitygroup;

import org.jspecify.annotations.NullMarked;
