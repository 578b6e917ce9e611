package io.minicloud.app.role;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.minicloud.api.common.Labels;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Ends a controller at the first write after its lease has run out. One that was paused, with its machine or by a long
 * collection, goes on in the middle of its work and would hear of its successor only at its next renewal. What was on its
 * way to the API server already is not held back.
 */
final class LeaseFence implements Interceptor {
    private final long leaseNanos;
    private final LongSupplier nanoTime;
    private final Runnable end;
    private volatile boolean held;
    private volatile long asked;
    private volatile long renewed;

    /**
     * A fence.
     *
     * @param lease for how long a renewal holds
     * @param nanoTime a clock that goes on while the process is paused, in ns
     * @param end ends the process
     */
    LeaseFence(Duration lease, LongSupplier nanoTime, Runnable end) {
        this.leaseNanos = lease.toNanos();
        this.nanoTime = nanoTime;
        this.end = end;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (request.method().equals("GET")) {
            return;
        }
        if (isRenewal(request)) {
            // Counted from here: the answer may be long on its way.
            asked = nanoTime.getAsLong();
        } else if (held && nanoTime.getAsLong() - renewed > leaseNanos) {
            end.run();
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (!request.method().equals("GET") && isRenewal(request) && response.isSuccessful()) {
            renewed = asked;
            held = true;
        }
    }

    private static boolean isRenewal(HttpRequest request) {
        return request.uri().getPath().contains("/namespaces/" + Labels.SYSTEM_NAMESPACE + "/leases");
    }
}
