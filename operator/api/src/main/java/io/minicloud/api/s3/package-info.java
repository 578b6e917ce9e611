/** The cloud API of S3. */
@NullMarked
package io.minicloud.api.s3;

import org.jspecify.annotations.NullMarked;
