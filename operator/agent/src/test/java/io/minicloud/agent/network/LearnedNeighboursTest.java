package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnedNeighboursTest {
    private final Router router = Example.router();
    private final Router.Interface eni = router.interfaces().getFirst();
    private final String place =
            LearnedNeighbours.place(eni.addresses().getFirst(), Router.Subnet.bridgeOf(eni.subnetId()));

    @Test
    void anAddressOfAnInterfaceIsCorrectedWhenItIsBelievedToBeAnothers() {
        assertThat(new LearnedNeighbours(Map.of(place, "02:00:00:00:00:77")).corrections(router))
                .containsExactly("neigh replace " + place + " lladdr " + eni.mac() + " nud stale");
    }

    @Test
    void whatIsRightAndWhatIsNobodysIsLeftAlone() {
        var elsewhere = LearnedNeighbours.place("10.0.1.99", Router.Subnet.bridgeOf(eni.subnetId()));

        assertThat(new LearnedNeighbours(Map.of(place, eni.mac(), elsewhere, "02:00:00:00:00:77")).corrections(router))
                .isEmpty();
    }
}
