package io.minicloud.agent.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A guest that answers each datagram with its own name, the address and port that it sees, and what it was told. */
final class DatagramReflector implements AutoCloseable {
    private static final int PATIENCE_MS = 1500;
    private static final int LONGEST = 500;

    private final String name;
    private final DatagramSocket socket;

    DatagramReflector(NamespaceEntry entry, String namespace, String name, int port) throws IOException {
        this.name = name;
        this.socket = entry.call(namespace, () -> new DatagramSocket(port));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var heard = new DatagramPacket(new byte[LONGEST], LONGEST);
                socket.receive(heard);
                var said = new String(heard.getData(), 0, heard.getLength(), StandardCharsets.UTF_8);
                var answer = "%s saw %s:%d say %s"
                        .formatted(name, heard.getAddress().getHostAddress(), heard.getPort(), said)
                        .getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(answer, answer.length, heard.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    /**
     * Asks one, and hears only what comes from whom it asked.
     *
     * @param port of the client's own
     * @return what it says; nothing when there is no answer
     */
    static String ask(NamespaceEntry entry, String namespace, int port, String address, int to, String word)
            throws IOException {
        return entry.call(namespace, () -> ask(port, new InetSocketAddress(address, to), word));
    }

    private static String ask(int port, InetSocketAddress to, String word) throws IOException {
        try (var client = new DatagramSocket(port)) {
            client.setSoTimeout(PATIENCE_MS);
            client.connect(to);
            var said = word.getBytes(StandardCharsets.UTF_8);
            client.send(new DatagramPacket(said, said.length));
            var heard = new DatagramPacket(new byte[LONGEST], LONGEST);
            client.receive(heard);
            return new String(heard.getData(), 0, heard.getLength(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            return "nothing";
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
