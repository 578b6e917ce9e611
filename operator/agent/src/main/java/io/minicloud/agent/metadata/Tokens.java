package io.minicloud.agent.metadata;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Session tokens: each belongs to one machine and ends by itself. They do not survive the agent; clients ask anew. */
final class Tokens {
    private static final int BYTES = 32;
    private static final int MAX_PER_MACHINE = 1000;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Tokens(Clock clock) {
        this.clock = clock;
    }

    private record Session(String instanceId, Instant end) {}

    /** A new token. One machine can fill its own share only: then its oldest ones end. */
    String issue(String instanceId, int seconds) {
        var now = clock.instant();
        sessions.values().removeIf(session -> session.end().isBefore(now));
        var own = sessions.values().stream()
                .filter(session -> session.instanceId().equals(instanceId))
                .count();
        if (own >= MAX_PER_MACHINE) {
            sessions.values().removeIf(session -> session.instanceId().equals(instanceId));
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(token, new Session(instanceId, now.plusSeconds(seconds)));
        return token;
    }

    boolean isValid(String token, String instanceId) {
        var session = sessions.get(token);
        return session != null
                && session.instanceId().equals(instanceId)
                && session.end().isAfter(clock.instant());
    }
}
