package io.minicloud.controller.crash;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Checkpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one life of the controller and the API server. It knows every write, and once the fate has struck no write
 * passes any more: what was begun stays as it is, as after a kill -9.
 */
final class Gate implements Interceptor, Checkpoint {
    private final Predicate<String> fate;
    private final Queue<String> writes = new ConcurrentLinkedQueue<>();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String death;
    private int seen;

    /**
     * A gate.
     *
     * @param fate told of every action and of every written status; true ends this life
     */
    Gate(Predicate<String> fate) {
        this.fate = fate;
    }

    /** After what it died; empty while it lives. */
    Optional<String> death() {
        return Optional.ofNullable(death);
    }

    /** Method and path of every request that could change something. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    /** Whether nothing was written since this was last asked. */
    boolean isQuiet() {
        var before = seen;
        seen = writes.size();
        return seen == before;
    }

    /** Every action that was done and every status that was written. */
    List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public void passed(Action action) {
        happened(action.describe());
        if (death != null) {
            throw new IllegalStateException("killed after: " + action.describe());
        }
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!request.method().equals("GET")) {
            if (death != null) {
                throw new IllegalStateException("the dead write nothing");
            }
            writes.add(request.method() + " " + request.uri().getPath());
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        var uri = request.uri();
        // A placement is an action of its own, which passes a moment later.
        if (request.method().equals("PATCH")
                && uri.getPath().endsWith("/status")
                && !uri.getQuery().contains("minicloud-placement")
                && response.isSuccessful()) {
            happened("write " + uri.getPath());
        }
    }

    private synchronized void happened(String event) {
        if (death == null) {
            events.add(event);
            death = fate.test(event) ? event : null;
        }
    }
}
