package io.minicloud.app.role;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process out of a state folder. The kernel gives the lock back when the process ends, however it ends. */
final class HomeLock implements Closeable {
    /** The file below the state folder that is locked. */
    static final String FILE = "operator.lock";

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param home the state folder
     * @throws IllegalStateException when another process holds it
     */
    static HomeLock take(Path home) throws IOException {
        Files.createDirectories(home);
        var file = home.resolve(FILE);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new HomeLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: as good as held by another.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IllegalStateException(
                file + " is locked: another minicloud runs with this minicloud.home; stop it or use another folder");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
