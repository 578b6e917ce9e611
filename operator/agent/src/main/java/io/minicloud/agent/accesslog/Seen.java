package io.minicloud.agent.accesslog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which lines have been taken. A process counts the lines of each listener; threads tell them a little out of order. Who asks anew is told
 * again what still is in the ring.
 */
final class Seen {
    /** Beyond that a number that never came is given up. */
    private static final int OUT_OF_ORDER = 1_000;

    /** Processes that nobody hears any more; none tells again that is so long gone. */
    private static final int COUNTED = 1_000;

    private static final int PARTS = 3;

    private final Map<String, Counted> counted = new LinkedHashMap<>();

    /** What {@link #lines} told of it before. */
    static Seen of(Stream<String> lines) {
        var seen = new Seen();
        lines.map(line -> line.split(" ", -1))
                .filter(parts -> parts.length == PARTS + 1)
                .forEach(parts -> {
                    var counted = new Counted(Long.parseLong(parts[2]));
                    Stream.of(parts[PARTS].split(","))
                            .filter(number -> !number.isEmpty())
                            .forEach(number -> counted.above.add(Long.valueOf(number)));
                    seen.counted.put(parts[0] + " " + parts[1], counted);
                });
        return seen;
    }

    /** All of it as lines. */
    List<String> lines() {
        return counted.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().next + " "
                        + entry.getValue().above.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .toList();
    }

    /**
     * Whether a line is new; from now on it is not.
     *
     * @param told the name of the process, a blank, and the line as it tells it
     */
    boolean isNew(String told) {
        var fields = told.split(" ", PARTS + 2);
        if (fields.length < PARTS + 2 || !fields[2].matches("\\d{1,18}")) {
            return false;
        }
        var key = fields[0] + " " + fields[PARTS];
        if (!counted.containsKey(key) && counted.size() >= COUNTED) {
            counted.remove(counted.keySet().iterator().next());
        }
        return counted.computeIfAbsent(key, fresh -> new Counted(0)).add(Long.parseLong(fields[2]));
    }

    private static final class Counted {
        private final TreeSet<Long> above = new TreeSet<>();
        private long next;

        Counted(long next) {
            this.next = next;
        }

        boolean add(long number) {
            if (number < next || !above.add(number)) {
                return false;
            }
            while (!above.isEmpty() && (above.first() == next || above.size() > OUT_OF_ORDER)) {
                next = above.pollFirst() + 1;
            }
            return true;
        }
    }
}
