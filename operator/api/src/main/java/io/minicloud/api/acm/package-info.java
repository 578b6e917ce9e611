/** The cloud API of AWS Certificate Manager. */
@NullMarked
package io.minicloud.api.acm;

import org.jspecify.annotations.NullMarked;
