package io.minicloud.agent.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minicloud.agent.image.ImageRefusedException.Reason;
import io.minicloud.agent.process.CommandResult;
import io.minicloud.reconcile.identity.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server of the test. Addresses are those for documentation (RFC 5737); each is led to the server. */
class HttpSourceTest {
    private static final long LIMIT = 100_000;

    private final FakeOutside outside = new FakeOutside();
    private final String nonce = UUID.randomUUID().toString();

    @TempDir
    private Path folder;

    private HttpServer server;
    private FolderImageStore images;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/image", exchange -> answer(exchange, 200, nonce));
        server.start();
        outside.port = server.getAddress().getPort();
        outside.names.put("images.test", List.of("192.0.2.10"));
        var judge = new SourceAddresses("100.64.0.0/16", outside);
        var source = new HttpSource(judge, outside, (SSLSocketFactory) SSLSocketFactory.getDefault());
        images = new FolderImageStore(
                folder.resolve("store"),
                new ImageSources(folder, source),
                LIMIT,
                command -> new CommandResult(0, "", ""));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        assertThat(folder.resolve("store").resolve("ami-1"))
                .satisfiesAnyOf(store -> assertThat(store).doesNotExist(), store -> assertThat(store)
                        .isDirectoryNotContaining("glob:**.partial"));
    }

    @Test
    void storesTheBytesOfTheServer() throws Exception {
        var stored = store("http://images.test/image?x=1", Sha256.hex(nonce));

        assertThat(Files.readString(stored.path())).isEqualTo(nonce);
        assertThat(outside.connected).containsExactly("192.0.2.10:80");
    }

    @Test
    void asksOnlyTheAddressThatWasJudged() throws Exception {
        // The second time it is asked, the name leads to this machine itself.
        outside.names.put("images.test", List.of("192.0.2.10", "rebind"));
        store("http://images.test:8080/image", Sha256.hex(nonce));

        assertThat(outside.resolved).containsExactly("images.test");
        assertThat(outside.connected).containsExactly("192.0.2.10:8080");
    }

    @Test
    void refusesANameOneOfWhoseAddressesIsForbidden() {
        for (var forbidden : List.of("127.0.0.1", "::1", "169.254.169.254", "fe80::1", "100.64.3.4", "0.0.0.0")) {
            outside.names.put("images.test", List.of("192.0.2.10", forbidden));

            assertThat(refusal("http://images.test/image", Sha256.hex(nonce)))
                    .as(forbidden)
                    .isEqualTo(Reason.ForbiddenSource);
        }
        assertThat(outside.connected).isEmpty();
    }

    @Test
    void triesTheNextAddressWhenOneIsSilent() throws Exception {
        outside.names.put("images.test", List.of("192.0.2.99", "192.0.2.10"));
        store("http://images.test/image", Sha256.hex(nonce));

        assertThat(outside.connected).containsExactly("192.0.2.99:80", "192.0.2.10:80");
    }

    @Test
    void followsARedirectToAMirror() throws Exception {
        outside.names.put("mirror.test", List.of("198.51.100.7"));
        redirect("/moved", "http://mirror.test/near");
        redirect("/near", "image");
        var stored = store("http://images.test/moved", Sha256.hex(nonce));

        assertThat(Files.readString(stored.path())).isEqualTo(nonce);
        assertThat(outside.connected).containsExactly("192.0.2.10:80", "198.51.100.7:80", "198.51.100.7:80");
    }

    @Test
    void refusesARedirectToWhereNoTenantMayReach() {
        outside.names.put("inside.test", List.of("169.254.169.254"));
        var targets = List.of(
                "http://169.254.169.254/latest/meta-data/",
                "http://inside.test/latest/user-data",
                "http://127.0.0.1:6443/api",
                "http://2130706433/",
                "http://100.64.0.1:9000/",
                "file:///etc/shadow");
        for (int i = 0; i < targets.size(); i++) {
            redirect("/away" + i, targets.get(i));

            assertThat(refusal("http://images.test/away" + i, Sha256.hex(nonce)))
                    .as(targets.get(i))
                    .isEqualTo(Reason.ForbiddenSource);
        }
        assertThat(outside.connected).containsOnly("192.0.2.10:80");
    }

    @Test
    void givesUpOnACircle() {
        redirect("/circle", "/circle");

        assertThatThrownBy(() -> store("http://images.test/circle", Sha256.hex(nonce)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("redirects more than");
    }

    @Test
    void refusesOtherBytesThanThoseNamed() {
        assertThat(refusal("http://images.test/image", Sha256.hex("other"))).isEqualTo(Reason.ChecksumMismatch);
    }

    @Test
    void stopsReadingAtTheLimit() {
        var ended = new AtomicBoolean();
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                pour(exchange.getResponseBody());
            } finally {
                ended.set(true);
            }
        });

        assertThat(refusal("http://images.test/endless", Sha256.hex(nonce))).isEqualTo(Reason.TooLarge);
        await("the server finds nobody reading").untilTrue(ended);
    }

    @Test
    void unpacksNothing() {
        server.createContext("/bomb", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            answer(exchange, 200, nonce);
        });

        assertThat(refusal("http://images.test/bomb", Sha256.hex(nonce)))
                .as("the bytes as they came have the sum")
                .isNull();
    }

    @Test
    void aConnectionThatBreaksIsTriedAgainAndNotRefused() throws Exception {
        try (var broken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            outside.port = broken.getLocalPort();
            Thread.ofVirtual().start(() -> sayHalf(broken));

            assertThatThrownBy(() -> store("http://images.test/image", Sha256.hex(nonce)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("it ended after 4 of 36 bytes");
        }
    }

    @Test
    void anErrorOfTheServerIsTriedAgain() {
        server.createContext("/gone", exchange -> answer(exchange, 503, "later"));

        assertThatThrownBy(() -> store("http://images.test/gone", Sha256.hex(nonce)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answered 503");
        assertThatThrownBy(() -> store("http://nobody.test/image", Sha256.hex(nonce)))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void whoCannotProveToBeTheHostIsNotAsked() {
        assertThatThrownBy(() -> store("https://images.test/image", Sha256.hex(nonce)))
                .isInstanceOf(IOException.class);
        assertThat(outside.connected).containsExactly("192.0.2.10:443");
    }

    private StoredPart store(String url, String sum) throws IOException, ImageRefusedException {
        return images.store("ami-1", new ImagePart("disk", "raw", null, url, sum));
    }

    private @Nullable Reason refusal(String url, String sum) {
        var refused = catchThrowableOfType(ImageRefusedException.class, () -> store(url, sum));
        return refused == null ? null : refused.reason();
    }

    private void redirect(String path, String target) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", target);
            answer(exchange, 302, "moved");
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Ends when nobody reads any more. */
    private static void pour(OutputStream out) throws IOException {
        var block = new byte[8192];
        while (true) {
            out.write(block);
        }
    }

    private static void sayHalf(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 36\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Names as the test wants them; every address but one is the server of the test. */
    private static final class FakeOutside implements Outside {
        private final Map<String, List<String>> names = new HashMap<>();
        private final List<String> resolved = new ArrayList<>();
        private final List<String> connected = new ArrayList<>();
        private int port;

        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            resolved.add(host);
            if (host.matches("[0-9.]+|\\[.*]")) {
                return List.of(InetAddress.getAllByName(host));
            }
            if (!names.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            boolean again = resolved.indexOf(host) < resolved.size() - 1;
            var addresses = names.get(host);
            if (addresses.contains("rebind")) {
                return List.of(InetAddress.ofLiteral(again ? "127.0.0.1" : addresses.getFirst()));
            }
            return addresses.stream().map(InetAddress::ofLiteral).toList();
        }

        @Override
        public Socket connect(InetAddress address, int to) throws IOException {
            connected.add(address.getHostAddress() + ":" + to);
            if (address.getHostAddress().equals("192.0.2.99")) {
                throw new IOException("silent");
            }
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(2000);
            return socket;
        }
    }
}
