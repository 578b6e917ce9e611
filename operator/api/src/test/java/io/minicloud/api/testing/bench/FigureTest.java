package io.minicloud.api.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void samplesTellMedianPercentileAndMaximum() {
        var hundred =
                new Samples(IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray());

        assertThat(hundred.median()).isEqualTo(50.5);
        assertThat(hundred.p95()).isEqualTo(95);
        assertThat(hundred.max()).isEqualTo(100);
        assertThat(new Samples(3, 1, 2).median()).isEqualTo(2);
        assertThat(new Samples(7).p95()).isEqualTo(7);
        assertThatThrownBy(Samples::new).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGoalIsMissedOnItsWorseSide() {
        var slow = Figure.low("P4", "boot", "s", new Samples(3)).over(2);
        assertThat(slow.ratio()).isEqualTo(1.5);
        assertThat(slow.missed()).isFalse();
        assertThat(slow.aiming(3).missed()).isFalse();
        assertThat(slow.aiming(2.9).missed()).isTrue();

        var fast = Figure.high("P1", "throughput", "Gbit/s", new Samples(9, 10)).over(10);
        assertThat(fast.aiming(9.5).missed()).isFalse();
        assertThat(fast.aiming(9.6).missed()).isTrue();
        assertThat(fast.byMax().ratio()).isEqualTo(1);
    }

    @Test
    void theTableSaysWhatIsMissed() {
        var report = new BenchReport("test");
        report.add(Figure.low("P4", "boot", "s", new Samples(3)).over(2).aiming(1));
        report.add(Figure.low("P3", "lost packets", "packets", new Samples(0)));

        assertThat(report.table().lines().skip(1))
                .satisfiesExactly(
                        boot -> assertThat(boot).contains("3.00", "2.00", "1.50", "MISSED"),
                        lost -> assertThat(lost).doesNotContain("MISSED", "met"));
    }
}
