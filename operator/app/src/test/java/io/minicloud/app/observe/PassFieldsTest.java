package io.minicloud.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PassFieldsTest {
    @Test
    void theObjectOfThePassAndOurOwnFieldsStay() {
        var fields = PassFields.fields(Map.of(
                "resource.kind", "Vpc",
                "resource.namespace", "lab",
                "resource.name", "main",
                "resource.uid", "4711",
                "eventsource.event.resource.kind", "Subnet",
                "action", "apply HostNetwork"));

        assertThat(fields)
                .isEqualTo(Map.of("kind", "Vpc", "namespace", "lab", "name", "main", "action", "apply HostNetwork"));
    }

    @Test
    void anObjectOfTheClusterHasNoNamespace() {
        var fields = PassFields.fields(Map.of("resource.name", "tower", "resource.namespace", "no namespace"));

        assertThat(fields).isEqualTo(Map.of("name", "tower"));
    }
}
