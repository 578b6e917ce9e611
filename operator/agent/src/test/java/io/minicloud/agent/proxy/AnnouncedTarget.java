package io.minicloud.agent.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A target that takes a header of the PROXY protocol, version 2, off each connection, and answers who it was told to speak with. Who
 * sends none is not answered.
 *
 * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">The PROXY protocol, section 2.2</a>
 */
final class AnnouncedTarget implements AutoCloseable {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP_OVER_IPV4 = 0x11;

    private final ServerSocket server;
    private final List<String> told = new CopyOnWriteArrayList<>();

    AnnouncedTarget(String address, int port) throws IOException {
        server = new ServerSocket(port, 100, InetAddress.getByName(address));
        Thread.ofVirtual().start(this::serve);
    }

    /** What each connection began with: {@code LOCAL}, or {@code client:port>proxy:port}. */
    List<String> told() {
        return told;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                told.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        socket.setSoTimeout(2_000);
        var header = header(socket.getInputStream());
        told.add(header);
        socket.getInputStream().read();
        socket.getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                                .formatted(header.length(), header))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String header(InputStream stream) throws IOException {
        var in = new DataInputStream(stream);
        var signature = in.readNBytes(SIGNATURE.length);
        if (!Arrays.equals(signature, SIGNATURE)) {
            throw new IOException("no header");
        }
        int command = in.readUnsignedByte();
        int family = in.readUnsignedByte();
        var addresses = ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()));
        if (command == LOCAL) {
            return "LOCAL";
        }
        if (command != PROXY || family != TCP_OVER_IPV4) {
            throw new IOException("another header");
        }
        var from = address(addresses);
        var to = address(addresses);
        return from + ":" + Short.toUnsignedInt(addresses.getShort()) + ">" + to + ":"
                + Short.toUnsignedInt(addresses.getShort());
    }

    private static String address(ByteBuffer bytes) throws IOException {
        var address = new byte[4];
        bytes.get(address);
        return InetAddress.getByAddress(address).getHostAddress();
    }

    /** What a client hears when it says a byte there, from an address of its own. */
    static String ask(InetSocketAddress client, String address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(client);
            socket.connect(new InetSocketAddress(address, port), 2_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write('\n');
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .reduce("", (before, line) -> line);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
