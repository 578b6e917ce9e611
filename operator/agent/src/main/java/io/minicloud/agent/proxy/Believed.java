package io.minicloud.agent.proxy;

import java.util.HashMap;
import java.util.Map;

/**
 * Differences of counters that HAProxy tells one after the other, so that one may already have what the other lacks. What two looks say
 * is believed, and what was once told is never taken back.
 */
final class Believed {
    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, Long> told = new HashMap<>();

    /**
     * What can be told of a difference.
     *
     * @param name which
     * @param now what it is at this look
     */
    long of(String name, long now) {
        var before = last.put(name, now);
        return told.merge(name, before == null ? 0 : Math.min(before, now), Math::max);
    }
}
