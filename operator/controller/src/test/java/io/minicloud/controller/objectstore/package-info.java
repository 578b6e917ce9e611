/** The contract of the object store's ports, kept by the fake and by the real MinIO. */
@NullMarked
package io.minicloud.controller.objectstore;

import org.jspecify.annotations.NullMarked;
