package io.minicloud.agent.image;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gets a file by HTTP from an address that was judged. The JDK's client resolves the name by itself, once more, so it
 * could be led elsewhere than where the judge looked. Redirects are followed, each judged anew. Spoken is HTTP/1.0, in
 * which a response is its bytes up to the end; none is ever decompressed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1945">RFC 1945</a>
 */
final class HttpSource {
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_LINE = 8192;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    private final SourceAddresses judge;
    private final Outside outside;
    private final SSLSocketFactory tls;

    HttpSource(SourceAddresses judge, Outside outside, SSLSocketFactory tls) {
        this.judge = judge;
        this.outside = outside;
        this.tls = tls;
    }

    /** The bytes at a URL; a stream that ends early throws. */
    InputStream open(String url) throws IOException, ImageRefusedException {
        var uri = parse(url);
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            var answer = ask(uri);
            if (answer.status() == 200) {
                return answer.body();
            }
            answer.body().close();
            var location = answer.location();
            if (!REDIRECTS.contains(answer.status()) || location == null) {
                throw new IOException(uri + " answered " + answer.status());
            }
            uri = uri.resolve(parse(location));
        }
        throw new IOException(url + " redirects more than " + MAX_REDIRECTS + " times");
    }

    /** An answer whose body is still to be read. */
    private record Answer(int status, @Nullable String location, InputStream body) {}

    private Answer ask(URI uri) throws IOException, ImageRefusedException {
        var socket = connect(uri, judge.check(uri));
        try {
            var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            var target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
            var host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: minicloud\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
                                    .formatted(target, host)
                                    .getBytes(StandardCharsets.US_ASCII));
            return read(uri, socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket connect(URI uri, List<InetAddress> addresses) throws IOException {
        boolean secure = uri.getScheme().equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        var failure = new IOException(uri.getHost() + " cannot be reached");
        for (var address : addresses) {
            try {
                var socket = outside.connect(address, port);
                return secure ? secure(socket, uri.getHost(), port) : socket;
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** Who cannot prove to be the host of the URL is not asked. */
    private Socket secure(Socket plain, String host, int port) throws IOException {
        try {
            var socket = (SSLSocket) tls.createSocket(plain, host, port, true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Answer read(URI uri, Socket socket) throws IOException {
        var in = new BufferedInputStream(socket.getInputStream());
        var first = line(in).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/") || !first[1].matches("\\d{3}")) {
            throw new IOException(uri + " does not speak HTTP");
        }
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0 || headers.size() == MAX_HEADERS) {
                throw new IOException(uri + " answered with broken or too many headers");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (headers.containsKey("transfer-encoding")) {
            throw new IOException(uri + " answered in chunks, which nobody asked for");
        }
        var length = headers.getOrDefault("content-length", "");
        var body = new CountedStream(in, socket, length.matches("\\d{1,18}") ? Long.parseLong(length) : -1);
        return new Answer(Integer.parseInt(first[1]), headers.get("location"), body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == MAX_LINE) {
                throw new IOException("a header was cut off or is too long");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static URI parse(String url) throws ImageRefusedException {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ImageRefusedException(Reason.ForbiddenSource, "not a URL: " + url);
        }
    }
}
