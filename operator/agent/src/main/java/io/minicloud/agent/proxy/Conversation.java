package io.minicloud.agent.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** One connection to a socket of HAProxy; whatever is said or heard ends in time. */
final class Conversation implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final Duration timeout;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private long deadline;

    /**
     * Begins it.
     *
     * @param timeout for all from one command to the end of its answer
     * @throws IOException when nobody listens
     */
    Conversation(Path path, Duration timeout) throws IOException {
        this.path = path;
        this.timeout = timeout;
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
            selector = Selector.open();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        key = channel.register(selector, 0);
    }

    /** Says a line. */
    void say(String line) throws IOException {
        deadline = System.nanoTime() + timeout.toNanos();
        var output = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        key.interestOps(SelectionKey.OP_WRITE);
        while (output.hasRemaining()) {
            await();
            channel.write(output);
        }
    }

    /** Says that nothing more will be said, for which some wait before they end. */
    void fallSilent() throws IOException {
        channel.shutdownOutput();
    }

    /** All until the other side ends it. */
    String hearAll() throws IOException {
        var answer = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (read(answer, buffer)) {}
        return answer.toString(StandardCharsets.UTF_8);
    }

    /**
     * All until these words come, without them.
     *
     * @throws IOException when the other side ends it before
     */
    String hear(String end) throws IOException {
        var answer = new StringBuilder();
        var part = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (read(part, buffer)) {
            // What HAProxy says is ASCII, so that no part ends within a letter.
            answer.append(part.toString(StandardCharsets.US_ASCII));
            part.reset();
            int length = answer.length() - end.length();
            if (length >= 0 && answer.indexOf(end, length) == length) {
                return answer.substring(0, length);
            }
        }
        throw new IOException(path + " ended in the middle of an answer");
    }

    @Override
    public void close() {
        try (channel) {
            selector.close();
        } catch (IOException e) {
            // Nothing is left to be said, and the kernel takes both with it.
        }
    }

    private boolean read(ByteArrayOutputStream answer, ByteBuffer buffer) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        await();
        int count = channel.read(buffer.clear());
        if (count > 0) {
            answer.write(buffer.array(), 0, count);
        }
        return count >= 0;
    }

    private void await() throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new IOException("no answer from " + path + " within " + timeout);
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }
}
