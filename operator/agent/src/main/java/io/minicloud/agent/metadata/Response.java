package io.minicloud.agent.metadata;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response of HTTP.
 *
 * @param status the code
 * @param headers by name; the first is written first
 * @param body the text
 */
record Response(int status, Map<String, String> headers, String body) {
    private static final Map<Integer, String> PHRASES = Map.of(
            200,
            "OK",
            400,
            "Bad Request",
            401,
            "Unauthorized",
            403,
            "Forbidden",
            404,
            "Not Found",
            405,
            "Method Not Allowed");

    static Response of(int status) {
        return new Response(status, Map.of("Content-Type", "text/plain"), "");
    }

    byte[] bytes() {
        var content = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 " + status + " " + PHRASES.get(status) + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + content.length + "\r\nConnection: close\r\n\r\n");
        var start = head.toString().getBytes(StandardCharsets.US_ASCII);
        var all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }
}
