package io.minicloud.api.testing.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was measured, beside the least that it could be.
 *
 * @param id the name of the figure in the list of figures, e.g. {@code P4}
 * @param what what was measured, in words
 * @param value the figure that counts: the median, or another one that {@code what} names
 * @param unit of every number here but {@code ratio} and {@code n}
 * @param floor the same of the bare tool on the same machine in the same run; null when there is none
 * @param ratio value to floor; null when there is no floor
 * @param goal the worst value that is good enough; null when there is none
 * @param better whether {@code higher} or {@code lower} is better
 * @param n how often it was measured
 * @param median of all
 * @param p95 of all
 * @param max of all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"id", "what", "value", "unit", "floor", "ratio", "goal", "better", "n", "median", "p95", "max"})
public record Figure(
        String id,
        String what,
        double value,
        String unit,
        @Nullable Double floor,
        @Nullable Double ratio,
        @Nullable Double goal,
        String better,
        int n,
        double median,
        double p95,
        double max) {
    private static final String HIGHER = "higher";

    /** The median of what should be large. */
    public static Figure high(String id, String what, String unit, Samples samples) {
        return of(id, what, unit, samples, HIGHER);
    }

    /** The median of what should be small. */
    public static Figure low(String id, String what, String unit, Samples samples) {
        return of(id, what, unit, samples, "lower");
    }

    /** The same, and the 95th percentile counts. */
    public Figure byP95() {
        return new Figure(id, what, p95, unit, floor, ratio(p95, floor), goal, better, n, median, p95, max);
    }

    /** The same, and the largest counts. */
    public Figure byMax() {
        return new Figure(id, what, max, unit, floor, ratio(max, floor), goal, better, n, median, p95, max);
    }

    /** The same beside what the bare tool does. */
    public Figure over(double bare) {
        return new Figure(id, what, value, unit, bare, ratio(value, bare), goal, better, n, median, p95, max);
    }

    /** The same with a goal. */
    public Figure aiming(double worst) {
        return new Figure(id, what, value, unit, floor, ratio, worst, better, n, median, p95, max);
    }

    /** Whether the goal is missed. */
    public boolean missed() {
        return goal != null && (better.equals(HIGHER) ? value < goal : value > goal);
    }

    private static Figure of(String id, String what, String unit, Samples samples, String better) {
        return new Figure(
                id,
                what,
                samples.median(),
                unit,
                null,
                null,
                null,
                better,
                samples.count(),
                samples.median(),
                samples.p95(),
                samples.max());
    }

    private static @Nullable Double ratio(double value, @Nullable Double floor) {
        return floor == null || floor == 0 ? null : value / floor;
    }
}
