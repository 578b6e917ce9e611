package io.minicloud.agent.accesslog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Hears one process of a proxy tell of requests, first what waits in its ring. A process that was told to end stays as long as somebody
 * hears it, so nothing is lost that it has still to tell.
 */
final class LogFollower implements AutoCloseable {
    private static final String BEGIN = "minicloud-";
    private static final String PROCESS = "Pid: ";
    private static final String STARTED = "Start_time_sec: ";

    private final SocketChannel channel;
    private final BufferedReader reader;
    private final long process;
    private final String name;

    /**
     * Hears the process that serves now.
     *
     * @param socket where it tells
     * @throws IOException when none does
     */
    LogFollower(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("show info;show events access -w\n".getBytes(StandardCharsets.US_ASCII)));
            reader = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
            var id = "";
            var started = "";
            for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                id = line.startsWith(PROCESS) ? line.substring(PROCESS.length()) : id;
                started = line.startsWith(STARTED) ? line.substring(STARTED.length()) : started;
            }
            if (id.isEmpty()) {
                throw new IOException("the proxy does not say which process it is");
            }
            process = Long.parseLong(id);
            name = started + "-" + id;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The number of the process; another one may have it later. */
    long process() {
        return process;
    }

    /** Its name, which no other process ever has. */
    String name() {
        return name;
    }

    /** Gives each line to a listener, until the process ends or this is closed. */
    void run(BiConsumer<String, String> listener) {
        try {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(BEGIN)) {
                    listener.accept(name, line);
                }
            }
        } catch (IOException e) {
            // It was closed, here or there; who is there is asked again.
        } finally {
            close();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
