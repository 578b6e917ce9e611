package io.minicloud.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaseFenceTest {
    private static final HttpRequest RENEWAL =
            request("PATCH", "/apis/coordination.k8s.io/v1/namespaces/minicloud-system/leases/minicloud-controller");
    private static final HttpRequest HEARTBEAT =
            request("PATCH", "/apis/coordination.k8s.io/v1/namespaces/minicloud-host-tower/leases/tower");
    private static final HttpRequest WRITE = request("POST", "/apis/host.minicloud.io/v1alpha1/addressclaims");
    private static final HttpRequest READ = request("GET", "/apis/host.minicloud.io/v1alpha1/addressclaims");

    private final AtomicLong seconds = new AtomicLong();
    private final AtomicInteger ends = new AtomicInteger();
    private final LeaseFence fence = new LeaseFence(
            Duration.ofSeconds(8), () -> Duration.ofSeconds(seconds.get()).toNanos(), ends::incrementAndGet);

    @Test
    void aControllerWritesAsLongAsItsLastRenewalHolds() {
        renew(200);
        seconds.set(8);
        ask(WRITE);
        assertThat(ends).hasValue(0);

        seconds.set(9);
        ask(READ);
        assertThat(ends).hasValue(0);
        ask(WRITE);
        assertThat(ends).hasValue(1);
        ask(HEARTBEAT);
        assertThat(ends).hasValue(2);
    }

    @Test
    void aRenewalCountsFromWhenItWasAskedForAndOnlyIfItWasGranted() {
        renew(200);
        seconds.set(6);
        ask(RENEWAL);
        seconds.set(13);
        answer(RENEWAL, 200);
        ask(WRITE);
        assertThat(ends).hasValue(0);

        renew(409);
        seconds.set(15);
        ask(WRITE);
        assertThat(ends).hasValue(1);
    }

    @Test
    void beforeItLedForTheFirstTimeNothingEnds() {
        seconds.set(100);
        ask(WRITE);
        assertThat(ends).hasValue(0);
    }

    private record Answer(int code) implements HttpResponse<Object> {
        @Override
        public @Nullable Object body() {
            return null;
        }

        @Override
        public HttpRequest request() {
            return RENEWAL;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String key) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }

    private void renew(int status) {
        ask(RENEWAL);
        answer(RENEWAL, status);
    }

    private void ask(HttpRequest request) {
        fence.before(null, request, new Interceptor.RequestTags() {
            @Override
            public <T> T getTag(Class<T> type) {
                return null;
            }
        });
    }

    private void answer(HttpRequest request, int status) {
        fence.after(request, new Answer(status), null);
    }

    private static HttpRequest request(String method, String path) {
        return new StandardHttpRequest.Builder()
                .uri("https://10.96.0.1" + path)
                .method(method, null, null)
                .build();
    }
}
