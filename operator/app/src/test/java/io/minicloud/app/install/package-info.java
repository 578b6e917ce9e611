/** Tests of the installer: what it refuses, and an upgrade under stored objects on a real API server. */
@NullMarked
package io.minicloud.app.install;

import org.jspecify.annotations.NullMarked;
