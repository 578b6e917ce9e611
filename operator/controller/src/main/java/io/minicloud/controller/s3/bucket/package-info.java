/**
 * Buckets: made in the engine, tagged with their owner, and handed to the account with a key of their own.
 *
 * <p>A bucket that does not carry our tag is never touched. A bucket that was there and is gone is reported, not made
 * again: the engine may have come up on an empty disk, and an empty bucket would hide the loss of the full one.
 */
@NullMarked
package io.minicloud.controller.s3.bucket;

import org.jspecify.annotations.NullMarked;
