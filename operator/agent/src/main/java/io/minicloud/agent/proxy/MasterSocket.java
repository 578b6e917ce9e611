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

/**
 * The socket by which HAProxy's first process is spoken to, and through it the one that serves now.
 *
 * @param path the socket
 * @see <a href="https://docs.haproxy.org/3.0/management.html#9.4">Master CLI</a>
 */
record MasterSocket(Path path) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int BUFFER = 1 << 16;

    /** Loads the configuration anew; what began goes on in the process that was. */
    String reload() throws IOException {
        return ask("reload");
    }

    /** What processes there are. */
    String processes() throws IOException {
        return ask("show proc");
    }

    /**
     * Says something to the process that serves now.
     *
     * @param commands each without its end of line
     */
    String worker(String... commands) throws IOException {
        return ask("@1 " + String.join(";@1 ", commands));
    }

    private String ask(String line) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                var selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
            var output = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            var key = channel.register(selector, SelectionKey.OP_WRITE);
            while (output.hasRemaining()) {
                await(selector, deadline);
                channel.write(output);
            }
            // It waits for more commands else.
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
            return read(channel, selector, deadline);
        }
    }

    private String read(SocketChannel channel, Selector selector, long deadline) throws IOException {
        var answer = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (true) {
            await(selector, deadline);
            int count = channel.read(buffer);
            if (count < 0) {
                return answer.toString(StandardCharsets.UTF_8);
            }
            answer.write(buffer.array(), 0, count);
            buffer.clear();
        }
    }

    private void await(Selector selector, long deadline) throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new IOException("no answer from " + path + " within " + TIMEOUT);
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }
}
