package io.minicloud.reconcile.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.host.Host;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdoptionOrdersTest {
    @Test
    void anAnnotationOfAHostNamesADiskAndItsVolume() {
        var host = host(Map.of(
                "adopt.minicloud.io/vol-2", "lab/web-root",
                "adopt.minicloud.io/vol-1", "lab/web-root",
                "adopt.minicloud.io/vol-3", "other/web-root",
                "minicloud.io/else", "lab/db-root"));

        assertThat(AdoptionOrders.diskFor(host, "lab", "web-root")).contains("vol-1");
        assertThat(AdoptionOrders.diskFor(host, "other", "web-root")).contains("vol-3");
        assertThat(AdoptionOrders.diskFor(host, "lab", "db-root")).isEmpty();
        assertThat(AdoptionOrders.volumes(host)).containsOnly("lab/web-root", "other/web-root");
    }

    @Test
    void aHostWithoutAnnotationsOrdersNothing() {
        assertThat(AdoptionOrders.diskFor(host(null), "lab", "web-root")).isEmpty();
    }

    private static Host host(@Nullable Map<String, String> annotations) {
        var host = new Host();
        host.setMetadata(new ObjectMetaBuilder()
                .withName("tower")
                .withAnnotations(annotations)
                .build());
        return host;
    }
}
