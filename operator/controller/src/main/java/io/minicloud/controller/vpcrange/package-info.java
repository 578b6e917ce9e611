/** The ranges of a VPC that are in force, as its status tells. */
@NullMarked
package io.minicloud.controller.vpcrange;

import org.jspecify.annotations.NullMarked;
