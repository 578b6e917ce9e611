/** Brings the resource definitions of a cluster to this release, before an upgrade; no brain, and ends when it is done. */
@NullMarked
package io.minicloud.app.install;

import org.jspecify.annotations.NullMarked;
