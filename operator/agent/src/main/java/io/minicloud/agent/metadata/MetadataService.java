package io.minicloud.agent.metadata;

import io.minicloud.agent.hostnetwork.RouterLife;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.network.PacketFilter;
import io.minicloud.agent.network.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata service: one listening socket inside each router's namespace, served by this process. Who asks is known
 * by the address, which the bridge's rules bind to port and MAC.
 */
public final class MetadataService implements RouterLife, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataService.class);
    private static final int PORT = 80;
    private static final int BACKLOG = 64;
    private static final int READ_TIMEOUT_MS = 5000;
    private static final int MAX_LINES = 64;
    private static final int MAX_LINE = 4096;
    private static final int MAX_CONNECTIONS = 256;

    private final MetadataRegistry registry;
    private final MetadataResponder responder;
    private final NamespaceEntry entry;
    private final PacketFilter filter;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    // One VPC cannot take more than its share of this process.
    private final Map<String, Semaphore> connections = new ConcurrentHashMap<>();

    /**
     * A service; nothing listens until a router is there.
     *
     * @param registry what is served
     * @param entry the way into a namespace
     * @param filter sets the hop limit
     * @param clock ends tokens
     */
    public MetadataService(MetadataRegistry registry, NamespaceEntry entry, PacketFilter filter, Clock clock) {
        this.registry = registry;
        this.entry = entry;
        this.filter = filter;
        this.responder = new MetadataResponder(new Tokens(clock));
        registry.onChange(this::limitHops);
    }

    /**
     * A socket that listens.
     *
     * @param socket keeps its namespace alive, whatever becomes of the name
     * @param namespace the identity of that namespace
     */
    private record Listener(ServerSocket socket, Object namespace) {}

    /** Someone may have taken the router away and it was made anew: then nobody hears the socket in the old one. Or its rules alone. */
    @Override
    public void present(String vpcId) {
        listeners.compute(vpcId, (id, known) -> {
            var namespace = identity(id);
            if (known != null && known.namespace().equals(namespace)) {
                if (!filter.holds(Router.namespaceOf(id), HopLimits.TABLE)) {
                    loadHopLimits(id);
                }
                return known;
            }
            if (known != null) {
                close(known.socket());
            }
            return new Listener(listen(id), namespace);
        });
    }

    @Override
    public void leaving(String vpcId) {
        var listener = listeners.remove(vpcId);
        if (listener != null) {
            close(listener.socket());
        }
    }

    @Override
    public void close() {
        listeners.keySet().forEach(this::leaving);
    }

    private Object identity(String vpcId) {
        try {
            return entry.identity(Router.namespaceOf(vpcId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket listen(String vpcId) {
        try {
            loadHopLimits(vpcId);
            var socket = entry.call(
                    Router.namespaceOf(vpcId),
                    () -> new ServerSocket(PORT, BACKLOG, InetAddress.getByName(Router.METADATA)));
            connections.putIfAbsent(vpcId, new Semaphore(MAX_CONNECTIONS));
            Thread.ofVirtual().name("metadata-" + vpcId).start(() -> accept(vpcId, socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before its router is there a machine's limit is only remembered: {@link #listen} loads it. */
    private void limitHops(String vpcId) {
        if (listeners.containsKey(vpcId)) {
            loadHopLimits(vpcId);
        }
    }

    private void loadHopLimits(String vpcId) {
        filter.load(Router.namespaceOf(vpcId), HopLimits.render(vpcId, registry.in(vpcId)));
    }

    private void accept(String vpcId, ServerSocket server) {
        var free = connections.get(vpcId);
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                if (free.tryAcquire()) {
                    Thread.ofVirtual().start(() -> serve(vpcId, socket, free));
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.atWarn().addKeyValue("vpc", vpcId).setCause(e).log("metadata connection lost");
                }
            }
        }
    }

    private void serve(String vpcId, Socket socket, Semaphore free) {
        try (socket) {
            socket.setSoTimeout(READ_TIMEOUT_MS);
            var caller = registry.find(vpcId, socket.getInetAddress().getHostAddress());
            var response = responder.answer(read(socket), caller);
            socket.getOutputStream().write(response.bytes());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("vpc", vpcId).setCause(e).log("metadata request not answered");
        } finally {
            free.release();
        }
    }

    private static Request read(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        var first = line(reader).split(" ");
        if (first.length != 3) {
            throw new IOException("not a request");
        }
        var headers = new HashMap<String, String>();
        for (int i = 0; i < MAX_LINES; i++) {
            var line = line(reader);
            if (line.isEmpty()) {
                var path = first[1].split("\\?", 2)[0];
                return new Request(first[0], path, headers);
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).strip());
            }
        }
        throw new IOException("too many headers");
    }

    /** A line of bounded length: nobody fills this process' memory with one. */
    private static String line(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0 || line.length() == MAX_LINE) {
                throw new IOException("line cut off or too long");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
