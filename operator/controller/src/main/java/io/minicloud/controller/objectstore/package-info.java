/** The S3 engine behind buckets: narrow ports that take plain records, and their MinIO adapters. */
@NullMarked
package io.minicloud.controller.objectstore;

import org.jspecify.annotations.NullMarked;
