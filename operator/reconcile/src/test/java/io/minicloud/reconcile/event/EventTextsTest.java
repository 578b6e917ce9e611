package io.minicloud.reconcile.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventTextsTest {
    @Test
    void aNoteIsCutBetweenCharactersToWhatTheApiServerTakes() {
        assertThat(KubernetesEventRecorder.bounded("short")).isEqualTo("short");
        assertThat(KubernetesEventRecorder.bounded("x".repeat(2000))).hasSize(KubernetesEventRecorder.NOTE_BYTES);
        var cloud = "x" + "☁".repeat(1000);
        assertThat(KubernetesEventRecorder.bounded(cloud).getBytes(StandardCharsets.UTF_8))
                .hasSize(1024);
        assertThat(KubernetesEventRecorder.bounded("\uD83D\uDE00".repeat(1000)).getBytes(StandardCharsets.UTF_8))
                .hasSize(1024);
        assertThat(cloud).startsWith(KubernetesEventRecorder.bounded(cloud));
    }

    @Test
    void theNameOfAnEventBeginsLikeThatOfItsObject() {
        assertThat(KubernetesEventRecorder.prefix("web")).isEqualTo("web-");
        assertThat(KubernetesEventRecorder.prefix("x".repeat(49) + ".y" + "z".repeat(200)))
                .isEqualTo("x".repeat(49) + "-");
    }
}
