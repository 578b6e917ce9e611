package io.minicloud.agent.preflight;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A version of numbers and dots. */
record Version(List<Integer> numbers) implements Comparable<Version> {
    private static final Pattern TEXT = Pattern.compile("\\d{1,6}(\\.\\d{1,6})+");

    /** The first version that a line names, e.g. {@code 6.1.0} of {@code ip utility, iproute2-6.1.0, libbpf 1.1.2}. */
    static Optional<Version> in(@Nullable String line) {
        return TEXT.matcher(line == null ? "" : line)
                .results()
                .findFirst()
                .map(found -> new Version(Stream.of(found.group().split("\\."))
                        .map(Integer::valueOf)
                        .toList()));
    }

    /** A number that is not there counts as 0. */
    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int difference = Integer.compare(number(i), other.number(i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int number(int i) {
        return i < numbers.size() ? numbers.get(i) : 0;
    }

    @Override
    public String toString() {
        return String.join(".", numbers.stream().map(String::valueOf).toList());
    }
}
