/** The cloud API of Elastic Load Balancing. */
@NullMarked
package io.minicloud.api.elbv2;

import org.jspecify.annotations.NullMarked;
