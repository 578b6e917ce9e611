/** The operator program: configuration. The only module that knows Quarkus. */
@NullMarked
package io.minicloud.app;

import org.jspecify.annotations.NullMarked;
