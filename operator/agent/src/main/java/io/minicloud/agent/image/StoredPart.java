package io.minicloud.agent.image;

import java.nio.file.Path;

/**
 * A checked file of an image on this host; it never changes.
 *
 * @param path the file
 * @param virtualSizeBytes of the disk it holds; the length of the file when it holds none
 */
public record StoredPart(Path path, long virtualSizeBytes) {}
