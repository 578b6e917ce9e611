package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseFileTest {
    private final Router router = Example.router();
    private final Router.Interface eni = router.interfaces().getFirst();
    private final String own = "0 " + eni.mac() + " " + eni.addresses().getFirst() + " web 01:" + eni.mac() + "\n";
    private final String another = "0 02:00:00:00:0f:ff " + eni.addresses().getFirst() + " old *\n";
    private final String gone = "0 02:00:00:00:0f:fe 10.99.0.1 old *\n";

    @Test
    void onlyAnAddressOfAnotherBlocks() {
        assertThat(new LeaseFile("").blocks(router)).isFalse();
        assertThat(new LeaseFile(own + gone + "duid 00:01\n").blocks(router)).isFalse();
        assertThat(new LeaseFile(own + another).blocks(router)).isTrue();
    }

    @Test
    void theRestStays() {
        assertThat(new LeaseFile(gone + another + own).unblocked(router).text()).isEqualTo(gone + own);
    }
}
