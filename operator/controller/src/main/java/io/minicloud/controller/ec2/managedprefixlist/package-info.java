/** ManagedPrefixList: its id and deletion. Its ranges reach the hosts with those that name it. */
@NullMarked
package io.minicloud.controller.ec2.managedprefixlist;

import org.jspecify.annotations.NullMarked;
