/** Field types that every API group shares: conditions, references, tags. */
@NullMarked
package io.minicloud.api.common;

import org.jspecify.annotations.NullMarked;
