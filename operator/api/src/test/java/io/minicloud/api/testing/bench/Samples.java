package io.minicloud.api.testing.bench;

import java.util.Arrays;
import java.util.Collection;

/** What was measured again and again, in one unit. */
public final class Samples {
    private static final double P95 = 0.95;

    private final double[] sorted;

    /**
     * Keeps a copy.
     *
     * @param values at least one
     */
    public Samples(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** Keeps a copy. */
    public static Samples of(Collection<Double> values) {
        return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How many there are. */
    public int count() {
        return sorted.length;
    }

    /** The middle one; of an even number, the mean of the two in the middle. */
    public double median() {
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest one that 95 of 100 do not exceed (nearest rank). */
    public double p95() {
        return sorted[(int) Math.ceil(P95 * sorted.length) - 1];
    }

    /** The largest one. */
    public double max() {
        return sorted[sorted.length - 1];
    }
}
