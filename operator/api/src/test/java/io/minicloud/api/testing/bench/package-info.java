/** How benches keep and tell what they measured. */
@NullMarked
package io.minicloud.api.testing.bench;

import org.jspecify.annotations.NullMarked;
