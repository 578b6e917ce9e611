package io.minicloud.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A web server of this machine, outside of every VPC, that remembers from which address it was visited. */
final class Visitors implements AutoCloseable {
    private final BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
    private final HttpServer server;

    Visitors() throws IOException {
        server = HttpServer.create(new InetSocketAddress(ownAddress(), 0), 0);
        server.createContext("/", exchange -> {
            addresses.add(exchange.getRemoteAddress().getAddress().getHostAddress());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        var address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/";
    }

    /** The address of the next visitor. */
    String next(Duration patience) throws InterruptedException {
        return String.valueOf(addresses.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** One by which the machine is known outside. */
    private static InetAddress ownAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(link -> !link.getName().startsWith("mc"))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this machine has no address but loopback's"));
    }
}
