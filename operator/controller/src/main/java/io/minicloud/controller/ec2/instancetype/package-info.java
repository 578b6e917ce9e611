/** Instance types: the catalogue has nothing to make, so its entries are what they say. */
@NullMarked
package io.minicloud.controller.ec2.instancetype;

import org.jspecify.annotations.NullMarked;
