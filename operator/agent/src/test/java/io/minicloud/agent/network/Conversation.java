package io.minicloud.agent.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A TCP connection from one guest to another that says a byte at a time and hears it again. */
final class Conversation implements AutoCloseable {
    /** Long enough for a busy machine and two retransmissions, short enough to wait for an answer that must not come. */
    private static final int PATIENCE_MS = 1500;

    private static final int ANY_PORT = 0;

    private final Socket client;
    private final Socket server;

    private Conversation(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /**
     * Connects.
     *
     * @param from the namespace of the guest that begins
     * @param to the namespace of the guest that listens
     * @param address of the one that listens
     * @throws IOException when there is no connection
     */
    static Conversation open(NamespaceEntry entry, String from, String to, String address, int port)
            throws IOException {
        return open(entry, from, ANY_PORT, to, address, port);
    }

    /**
     * Connects from a port of its own.
     *
     * @param from the namespace of the guest that begins
     * @param source its port; 0 for any
     * @param to the namespace of the guest that listens
     * @param address of the one that listens
     * @throws IOException when there is no connection
     */
    static Conversation open(NamespaceEntry entry, String from, int source, String to, String address, int port)
            throws IOException {
        try (var listener = entry.call(to, () -> new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0")))) {
            var client = entry.call(from, () -> connect(source, address, port));
            listener.setSoTimeout(PATIENCE_MS);
            var server = listener.accept();
            server.setSoTimeout(PATIENCE_MS);
            return new Conversation(client, server);
        }
    }

    private static Socket connect(int source, String address, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(source));
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Who speaks, as the one that listens sees it. */
    InetSocketAddress seen() {
        return (InetSocketAddress) server.getRemoteSocketAddress();
    }

    /** Whether the one that began is told that there is no such connection when it goes on. */
    boolean isReset() {
        try {
            client.getOutputStream().write(1);
            client.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether a byte still comes there and back. */
    boolean goesOn() {
        try {
            client.getOutputStream().write(1);
            var heard = server.getInputStream().read();
            server.getOutputStream().write(heard);
            return client.getInputStream().read() == 1;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
