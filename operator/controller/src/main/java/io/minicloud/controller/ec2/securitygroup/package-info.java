/** SecurityGroup: ids and deletion; in this version its rules are those AWS gives a group at birth. */
@NullMarked
package io.minicloud.controller.ec2.securitygroup;

import org.jspecify.annotations.NullMarked;
