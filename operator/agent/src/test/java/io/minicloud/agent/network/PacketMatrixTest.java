package io.minicloud.agent.network;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The matrix itself: that it is large, balanced and free of contradictions, and that the model agrees with what is written by hand. */
class PacketMatrixTest {
    private static final int ENOUGH = 100;

    private final MatrixNetwork network = new MatrixNetwork(new Lab(), "198.18.7.2", last -> "198.19.7." + last);
    private final PacketMatrix matrix = new PacketMatrix(network);
    private final List<Probe> byHand = matrix.byHand();
    private final List<Probe> computed = matrix.computed();

    @Test
    void itHasEnoughOfBothKindsAndForbidsAsMuchAsItAllows() {
        assertThat(byHand).hasSizeGreaterThanOrEqualTo(ENOUGH).doesNotHaveDuplicates();
        assertThat(computed).hasSizeGreaterThanOrEqualTo(ENOUGH).doesNotHaveDuplicates();
        assertThat(byHand.stream()
                                .filter(probe -> probe.expected() == Verdict.DROP)
                                .count()
                        * 2)
                .isBetween(byHand.size() * 4L / 5, byHand.size() * 6L / 5);
    }

    @Test
    void theModelSaysWhatIsWrittenByHand() {
        var aws = new AwsEvaluation(network);

        assertThat(byHand).allSatisfy(probe -> assertThat(aws.verdict(probe)).isEqualTo(probe.expected()));
    }

    /** A forbidden probe proves nothing where the way is broken. */
    @Test
    void theWayOfWhatIsForbiddenIsProvedByWhatArrives() {
        var proved = ways(probe -> probe.expected() != Verdict.DROP);

        assertThat(byHand).allSatisfy(probe -> {
            if (probe.expected() == Verdict.DROP) {
                assertThat(proved.contains(way(probe))).isEqualTo(!probe.never());
            }
        });
    }

    /** Where nothing ever passes, both pass something to somebody, or from somebody. */
    @Test
    void whoeverIsAloneIsAlive() {
        var alive = Stream.concat(byHand.stream(), computed.stream())
                .filter(probe -> probe.expected() == Verdict.PASS)
                .flatMap(probe -> Stream.of(probe.from(), probe.to()))
                .collect(toSet());

        assertThat(alive).containsAll(network.interfaces().keySet()).contains(MatrixNetwork.WORLD);
    }

    /** Flows without ports are told apart by their ends alone: a second one would pass as the answer to the first. */
    @Test
    void whatHasNoPortsIsAskedOnceOfTwoEnds() {
        var portless = Stream.concat(byHand.stream(), computed.stream())
                .filter(probe -> !probe.packet().hasPorts() && probe.packet().protocol() != Packet.ICMP)
                .toList();

        assertThat(portless)
                .isNotEmpty()
                .extracting(
                        probe -> Set.of(probe.from(), probe.to(), probe.packet().toString()))
                .doesNotHaveDuplicates();
    }

    @Test
    void eachProbeFollowsFromASentence() {
        assertThat(byHand).noneMatch(probe -> probe.because().isBlank());
    }

    private Set<String> ways(Predicate<Probe> which) {
        return Stream.concat(byHand.stream(), computed.stream())
                .filter(which)
                .map(PacketMatrixTest::way)
                .collect(toSet());
    }

    private static String way(Probe probe) {
        return probe.from() + " -> " + probe.to();
    }
}
