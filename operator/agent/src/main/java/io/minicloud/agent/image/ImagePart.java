package io.minicloud.agent.image;

import org.jspecify.annotations.Nullable;

/**
 * A file of an image: exactly one of {@code file} and {@code url}.
 *
 * @param role {@code disk}, {@code kernel} or {@code initramfs}: the name under which it is kept
 * @param format qcow2 or raw for a disk, kernel otherwise
 * @param file a name inside the image folder
 * @param url an http or https address
 * @param sha256 of its bytes, 64 lower-case hex digits
 */
public record ImagePart(
        String role,
        String format,
        @Nullable String file,
        @Nullable String url,
        String sha256) {}
