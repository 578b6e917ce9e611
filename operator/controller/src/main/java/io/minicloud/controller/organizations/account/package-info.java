/** Account: which namespaces are accounts of this cloud. */
@NullMarked
package io.minicloud.controller.organizations.account;

import org.jspecify.annotations.NullMarked;
