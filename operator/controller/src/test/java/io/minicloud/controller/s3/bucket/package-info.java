/** Buckets against an engine in memory, and against a real API server with a real MinIO. */
@NullMarked
package io.minicloud.controller.s3.bucket;

import org.jspecify.annotations.NullMarked;
