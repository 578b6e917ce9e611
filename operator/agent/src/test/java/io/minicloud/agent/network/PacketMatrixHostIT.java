package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The matrix of probes in the real kernel: what must pass and, as much of it, what must not. Needs root. */
class PacketMatrixHostIT {
    private final MatrixLab lab = new MatrixLab(UnaryOperator.identity());

    @BeforeEach
    void boot() throws IOException {
        lab.boot();
    }

    @AfterEach
    void cleanUp() {
        lab.close();
    }

    @Test
    void everyProbeComesOutAsAwsSays() {
        var matrix = new PacketMatrix(lab.network());

        assertThat(lab.mistakes(matrix.byHand())).isEmpty();
        assertThat(lab.mistakes(matrix.computed())).isEmpty();
    }
}
