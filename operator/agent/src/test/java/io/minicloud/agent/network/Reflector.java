package io.minicloud.agent.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A guest that listens and tells each client the address and port that it sees. */
final class Reflector implements AutoCloseable {
    /** Long enough for a busy machine and two retransmissions, short enough to wait for an answer that must not come. */
    private static final int PATIENCE_MS = 3500;

    private final String name;
    private final ServerSocket server;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Reflector(NamespaceEntry entry, String namespace, String name, int port) throws IOException {
        this.name = name;
        this.server = entry.call(namespace, () -> new ServerSocket(port, 100, InetAddress.getByName("0.0.0.0")));
        Thread.ofVirtual().start(this::serve);
    }

    /** The addresses of all who connected, with or without a word. */
    Set<String> seen() {
        return seen;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        var client = (InetSocketAddress) socket.getRemoteSocketAddress();
        seen.add(client.getAddress().getHostAddress());
        try (socket) {
            if (socket.getInputStream().read() >= 0) {
                socket.getOutputStream()
                        .write("%s saw %s:%d"
                                .formatted(name, client.getAddress().getHostAddress(), client.getPort())
                                .getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // A health check that leaves.
        }
    }

    /**
     * Asks one.
     *
     * @param port of the client's own
     * @return what it says; nothing when there is no answer
     */
    static String ask(NamespaceEntry entry, String namespace, int port, String address, int to) {
        try {
            return entry.call(namespace, () -> ask(port, address, to));
        } catch (IOException e) {
            return "nothing";
        }
    }

    private static String ask(int port, String address, int to) throws IOException {
        try (var socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(address, to), PATIENCE_MS);
            socket.getOutputStream().write(1);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
