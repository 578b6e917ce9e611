package io.minicloud.agent.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A target that says who it is and what it was asked. */
final class EchoTarget implements AutoCloseable {
    private static final String CHECKER = "ELB-HealthChecker/2.0";

    private final String name;
    private final HttpServer server;
    private final AtomicInteger served = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile int health = 200;
    private volatile boolean hangs;

    EchoTarget(String name, String address, int port) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(address, port), 1000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** What checks are answered from now on. */
    void health(int status) {
        health = status;
    }

    /** Checks are not answered from now on. */
    void hang() {
        hangs = true;
    }

    /** Lets go of all that wait. */
    void release() {
        hangs = false;
        open.countDown();
    }

    /** Requests other than checks. */
    int served() {
        return served.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (CHECKER.equals(exchange.getRequestHeaders().getFirst("User-Agent"))) {
                if (hangs) {
                    await();
                }
                exchange.sendResponseHeaders(health, -1);
                return;
            }
            served.incrementAndGet();
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/slow")) {
                await();
            }
            if (path.equals("/login")) {
                exchange.getResponseHeaders().add("Set-Cookie", "app=1; Path=/");
            }
            var headers = exchange.getRequestHeaders().entrySet().stream()
                    .map(header -> header.getKey() + "=" + String.join("|", header.getValue()) + "\n")
                    .collect(Collectors.joining());
            var body = (name + "\n" + exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n" + headers)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status(path), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Paths end with the status that they ask for; with none, it is 200. */
    private static int status(String path) {
        return path.matches("/own\\d{3}") ? Integer.parseInt(path.substring("/own".length())) : 200;
    }

    private void await() {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        open.countDown();
        server.stop(0);
    }
}
