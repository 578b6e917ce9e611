/** A VPC compiled into what each host must know of it. Pure, with golden tests. */
@NullMarked
package io.minicloud.controller.vpcmodel;

import org.jspecify.annotations.NullMarked;
