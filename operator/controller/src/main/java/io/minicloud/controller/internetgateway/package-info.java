/** Internet gateways as others see them: which is attached to a VPC. */
@NullMarked
package io.minicloud.controller.internetgateway;

import org.jspecify.annotations.NullMarked;
