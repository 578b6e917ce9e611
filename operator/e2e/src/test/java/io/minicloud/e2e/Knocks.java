package io.minicloud.e2e;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Knocks at a port again and again until somebody answers, be it to refuse. It waits for no answer before it knocks again: a knock
 * that was dropped is never answered, and a guest without KVM takes its time.
 *
 * @param address of whom
 * @param port at which
 */
record Knocks(String address, int port) {
    private static final long INTERVAL_MS = 5;

    /** Whether somebody answers in time, at once then. */
    boolean answered(Duration limit) throws IOException {
        var end = System.nanoTime() + limit.toNanos();
        try (var selector = Selector.open()) {
            try {
                while (System.nanoTime() < end) {
                    knock(selector);
                    selector.select(INTERVAL_MS);
                    if (selector.selectedKeys().stream().anyMatch(Knocks::isAnswer)) {
                        return true;
                    }
                    selector.selectedKeys().clear();
                }
                return false;
            } finally {
                for (var key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private void knock(Selector selector) throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(address, port));
        channel.register(selector, SelectionKey.OP_CONNECT);
    }

    private static boolean isAnswer(SelectionKey key) {
        try {
            return ((SocketChannel) key.channel()).finishConnect();
        } catch (ConnectException refused) {
            return true;
        } catch (IOException e) {
            // Nobody knows the way there yet.
            key.cancel();
            return false;
        }
    }
}
