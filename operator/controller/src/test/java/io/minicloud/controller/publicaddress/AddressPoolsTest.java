package io.minicloud.controller.publicaddress;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.AddressPoolSpec;
import io.minicloud.api.ec2.AddressPoolStatus;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressPoolsTest {
    private static final String PRIVATE = "10.0.1.4";

    @Test
    void anAddressIsCarriedAsItsPoolSays() {
        var pools = List.of(
                pool("Routed", null, "203.0.113.0/28"),
                pool("Lan", "enp1s0", "192.168.1.224/28"),
                pool("Lan", null, "192.168.2.224/28"));

        assertThat(AddressPools.carried(PRIVATE, "203.0.113.1", pools))
                .isEqualTo(new PublicAddress(PRIVATE, "203.0.113.1"));
        assertThat(AddressPools.carried(PRIVATE, "192.168.1.225", pools))
                .isEqualTo(new PublicAddress(PRIVATE, "192.168.1.225", "Lan", "enp1s0"));
        assertThat(AddressPools.carried(PRIVATE, "192.168.2.225", pools))
                .isEqualTo(new PublicAddress(PRIVATE, "192.168.2.225", "Lan", null));
    }

    /** One that was never accepted gave no address out. */
    @Test
    void aPoolThatIsRefusedSaysNothing() {
        var refused = pool("Lan", null, "192.168.1.224/28");
        refused.setStatus(null);

        assertThat(AddressPools.carried(PRIVATE, "192.168.1.225", List.of(refused)))
                .isEqualTo(new PublicAddress(PRIVATE, "192.168.1.225"));
    }

    private static AddressPool pool(String mode, @Nullable String uplink, String range) {
        var pool = new AddressPool();
        pool.setMetadata(new ObjectMetaBuilder().withName("pool").build());
        pool.setSpec(new AddressPoolSpec(List.of(range), mode, uplink, null));
        pool.setStatus(new AddressPoolStatus(List.of(), 1L, "ipv4pool-ec2-1", List.of(range), 16, 16));
        return pool;
    }
}
