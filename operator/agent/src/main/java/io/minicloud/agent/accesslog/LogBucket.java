package io.minicloud.agent.accesslog;

import java.io.IOException;
import java.nio.file.Path;

/** Where log files go. */
public interface LogBucket {
    /**
     * Puts a file into the bucket of a target, in place of one of its name.
     *
     * @param target the bucket and the key for it
     * @param key the name there
     * @param file the file
     * @throws IOException when the store does not take it; the message says why and holds no secret
     */
    void put(LogTarget target, String key, Path file) throws IOException;
}
