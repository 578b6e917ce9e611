package io.minicloud.agent.proxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that no client library would send. */
final class Raw {
    private static final int PORT = 80;
    private static final int TIMEOUT_MILLIS = 10_000;

    private Raw() {}

    /** The whole answer to a request. */
    static String get(String path, String... headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }

    /** The whole answer to some bytes. */
    static String send(String text) throws IOException {
        try (var socket = new Socket(ProxyLab.PROXY, PORT)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
