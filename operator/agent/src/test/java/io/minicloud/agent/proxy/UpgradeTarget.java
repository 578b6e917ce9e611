package io.minicloud.agent.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A target that gives up HTTP when it is asked to, and then says back every line. */
final class UpgradeTarget implements AutoCloseable {
    private final ServerSocket server;

    UpgradeTarget(String address, int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getByName(address));
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            boolean upgrade = false;
            for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                upgrade |= line.equalsIgnoreCase("upgrade: echo");
            }
            if (!upgrade) {
                say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            say(socket, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                say(socket, line + "\n");
            }
        } catch (IOException e) {
            // The other side is gone.
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
