package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That the probes written by hand find a renderer's mistake: each is loaded into the kernel by the way of all rules, and gone when they
 * are right again. Needs root.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RendererMutationHostIT {
    private static final int LAST = Integer.MAX_VALUE;

    private RewritingPacketFilter filter;
    private final MatrixLab lab = new MatrixLab(kernel -> filter = new RewritingPacketFilter(kernel));
    private final Router router = lab.network().router();
    private final List<Probe> probes = new PacketMatrix(lab.network()).byHand();

    @BeforeAll
    void boot() throws IOException {
        lab.boot();
    }

    @AfterAll
    void cleanUp() {
        lab.close();
    }

    @ParameterizedTest
    @MethodSource("io.minicloud.agent.network.Mutation#all")
    void whatIsWrittenWrongIsFound(Mutation mutation) {
        assertThat(mistakesWith(mutation, router)).as("%s", mutation).isNotEmpty();
        assertThat(filter.hasChanged()).as("%s", mutation).isTrue();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteThatIsForgottenIsFound(Route route) {
        assertThat(mistakesWith(UnaryOperator.identity(), without(route)))
                .as("%s", route)
                .isNotEmpty();
    }

    /** What any of them had left behind would be found too. */
    @Test
    @Order(LAST)
    void nothingIsFoundWhenAllIsRightAgain() {
        assertThat(mistakesWith(UnaryOperator.identity(), router)).isEmpty();
    }

    /** Those of the table with the longest prefixes. */
    List<Route> routes() {
        return router.routing().tables().getFirst().routes();
    }

    private Router without(Route route) {
        var tables = router.routing().tables().stream()
                .map(table -> new Table(
                        table.id(),
                        table.subnetIds(),
                        table.routes().stream().filter(other -> other != route).toList()))
                .toList();
        return Example.withRouting(router, new Routing(tables, router.routing().gateway()));
    }

    private List<String> mistakesWith(UnaryOperator<String> rewriting, Router wanted) {
        filter.rewriteBy(rewriting);
        lab.applyAnew(wanted);
        return lab.mistakes(probes);
    }
}
