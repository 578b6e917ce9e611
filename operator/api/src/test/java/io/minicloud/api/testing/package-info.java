/**
 * A real etcd and kube-apiserver for tests, with the resource types of minicloud installed. Other modules use it from the
 * test-jar of this one.
 */
@NullMarked
package io.minicloud.api.testing;

import org.jspecify.annotations.NullMarked;
