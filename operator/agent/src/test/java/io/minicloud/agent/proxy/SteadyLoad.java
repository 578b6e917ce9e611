package io.minicloud.agent.proxy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** Clients that ask again and again until they are told to end, none of them anything twice. */
final class SteadyLoad implements AutoCloseable {
    private static final String CLOSE = "Connection: close\r\n";
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: shop.lab\r\n";

    /** The machine is to have time for the changes too. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

    /** Clients that keep a connection as long as the other side does. */
    void keepAlive(String name, int count, SocketFactory sockets, int port) {
        start(name, count, sockets, port, "", true);
    }

    /** Clients that make a connection for each request. */
    void fresh(String name, int count, SocketFactory sockets, int port) {
        start(name, count, sockets, port, CLOSE, true);
    }

    /** Clients that keep a connection to the end, and to whom it is an error when it does not last. */
    void lasting(String name, int count, int port) {
        start(name, count, SocketFactory.getDefault(), port, "", false);
    }

    /** Ends the load, and gives each failure. */
    List<String> end() throws InterruptedException {
        end.countDown();
        clients.shutdown();
        if (!clients.awaitTermination(30, TimeUnit.SECONDS)) {
            failed.add("a client did not end");
        }
        return failed;
    }

    /** Requests that were answered well. */
    int answered() {
        return answered.get();
    }

    /** Connections that were made. */
    int connected() {
        return connected.get();
    }

    private void start(String name, int count, SocketFactory sockets, int port, String header, boolean mayEnd) {
        for (int client = 0; client < count; client++) {
            clients.submit(() -> {
                while (end.getCount() > 0) {
                    try {
                        converse(sockets.createSocket(ProxyLab.PROXY, port), REQUEST + header, mayEnd);
                    } catch (IOException | RuntimeException e) {
                        failed.add(name + ": " + e);
                    }
                }
                return null;
            });
        }
    }

    private void converse(Socket socket, String request, boolean mayEnd) throws IOException, InterruptedException {
        connected.incrementAndGet();
        try (var connection = new HttpConnection(socket)) {
            boolean isLast = false;
            while (!isLast && !end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                var answer = connection.ask(request);
                if (answer.status() != 200) {
                    throw new IOException("answered " + answer);
                }
                isLast = answer.isLast() || request.endsWith(CLOSE);
                if (isLast && !mayEnd) {
                    throw new IOException("the connection does not last");
                }
                answered.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        end.countDown();
        clients.close();
    }
}
