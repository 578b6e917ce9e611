package io.minicloud.controller.elbv2.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretMemoryTest {
    private static final Map<String, String> SITE = Map.of("site", "serial 1");
    private static final Map<String, String> SECRETS = Map.of("site", "web-1");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final SecretMemory memory = new SecretMemory(clock());

    @Test
    void whatWasSeenIsNotLookedForAgain() {
        assertThat(memory.brought("a", SITE)).isEmpty();

        memory.brought("a", SITE, SECRETS);

        assertThat(memory.brought("a", SITE)).contains(SECRETS);
        assertThat(memory.brought("b", SITE)).isEmpty();
    }

    @Test
    void anotherCertificateIsLookedFor() {
        memory.brought("a", SITE, SECRETS);

        assertThat(memory.brought("a", Map.of("site", "serial 2"))).isEmpty();
        assertThat(memory.brought("a", Map.of())).isEmpty();
    }

    @Test
    void afterAWhileOneLooks() {
        memory.brought("a", SITE, SECRETS);
        now = now.plus(Duration.ofSeconds(119));
        assertThat(memory.brought("a", SITE)).contains(SECRETS);

        now = now.plus(Duration.ofSeconds(1));

        assertThat(memory.brought("a", SITE)).isEmpty();
    }

    @Test
    void whatIsClearedIsClearUntilMoreIsBrought() {
        memory.brought("a", SITE, SECRETS);
        assertThat(memory.isClear("a", Set.of("web-1"))).isFalse();
        memory.cleared("a", Set.of("web-1"));
        assertThat(memory.isClear("a", Set.of("web-1"))).isTrue();
        assertThat(memory.isClear("a", Set.of())).isFalse();

        memory.brought("a", Map.of("site", "serial 2"), Map.of("site", "web-2"));

        assertThat(memory.isClear("a", Set.of("web-1"))).isFalse();
    }

    @Test
    void whatIsForgottenIsLookedFor() {
        memory.brought("a", SITE, SECRETS);
        memory.cleared("a", Set.of("web-1"));

        memory.forget("a");

        assertThat(memory.brought("a", SITE)).isEmpty();
        assertThat(memory.isClear("a", Set.of("web-1"))).isFalse();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }
}
