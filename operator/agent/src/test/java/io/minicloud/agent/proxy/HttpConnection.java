package io.minicloud.agent.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;

/** A connection on which one request follows another, without a second try of any. */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String LENGTH = "content-length: ";

    private final Socket socket;
    private final InputStream answers;

    /**
     * An answer.
     *
     * @param status the code
     * @param body of the length that was said
     * @param isLast whether the other side closes the connection after it
     */
    record Answer(int status, String body, boolean isLast) {}

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        answers = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * The answer to a request.
     *
     * @param head its lines, with an end of line after each but without the empty one
     * @throws IOException when there is none
     */
    Answer ask(String head) throws IOException {
        socket.getOutputStream().write((head + "\r\n").getBytes(ISO_8859_1));
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        boolean isLast = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var small = line.toLowerCase(Locale.ROOT);
            length = small.startsWith(LENGTH) ? Integer.parseInt(small.substring(LENGTH.length())) : length;
            isLast |= small.equals("connection: close");
        }
        var body = answers.readNBytes(length);
        if (body.length < length) {
            throw new IOException("only %d of %d bytes came".formatted(body.length, length));
        }
        return new Answer(status, new String(body, ISO_8859_1), isLast);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int each = answers.read(); each != '\n'; each = answers.read()) {
            if (each < 0) {
                throw new IOException("it was closed after '" + line + "'");
            }
            line.append((char) each);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
