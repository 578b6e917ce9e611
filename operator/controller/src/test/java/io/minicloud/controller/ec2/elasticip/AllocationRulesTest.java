package io.minicloud.controller.ec2.elasticip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.AddressPoolSpec;
import io.minicloud.api.ec2.AddressPoolStatus;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpSpec;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AllocationRulesTest {
    private final AddressPool one = pool("one", true);
    private final AddressPool two = pool("two", true);

    @Test
    void theOnlyPoolNeedsNoName() {
        assertThat(AllocationRules.pool(eip("a", 1, null), List.of(one))).isEqualTo(new Resolution.Resolved<>(one));
        assertThat(words(AllocationRules.pool(eip("a", 1, null), List.of())))
                .startsWith("AddressPoolNotFound")
                .contains("an administrator makes one");
    }

    @Test
    void ofSeveralPoolsOneIsNamed() {
        assertThat(words(AllocationRules.pool(eip("a", 1, null), List.of(two, one))))
                .startsWith("AddressPoolRefMissing")
                .contains("one, two");
        assertThat(AllocationRules.pool(eip("a", 1, "two"), List.of(one, two)))
                .isEqualTo(new Resolution.Resolved<>(two));
        assertThat(words(AllocationRules.pool(eip("a", 1, "three"), List.of(one, two))))
                .startsWith("AddressPoolNotFound")
                .contains("three");
    }

    @Test
    void whoHasAnAddressStaysWithItsPool() {
        var eip = allocated(eip("a", 1, null), AddressPools.id(two));

        assertThat(AllocationRules.pool(eip, List.of(one, two))).isEqualTo(new Resolution.Resolved<>(two));
    }

    @Test
    void aPoolThatIsRefusedOrGoesGivesNothing() {
        var going = pool("going", true);
        going.getMetadata().setDeletionTimestamp("2026-11-22T10:00:00Z");

        assertThat(words(AllocationRules.pool(eip("a", 1, null), List.of(pool("refused", false)))))
                .startsWith("AddressPoolNotAccepted");
        assertThat(words(AllocationRules.pool(eip("a", 1, null), List.of(going))))
                .startsWith("AddressPoolTerminating");
    }

    @Test
    void theQuotaIsForThoseThatHaveAnAddressThenForTheOlder() {
        var first = eip("first", 1, null);
        var second = eip("second", 2, null);
        var third = allocated(eip("third", 3, null), "ipv4pool-ec2-1");
        var all = List.of(first, second, third);

        assertThat(AllocationRules.withinQuota(first, all, 2)).isEqualTo(new Resolution.Resolved<>(first));
        assertThat(words(AllocationRules.withinQuota(second, all, 2))).startsWith("AddressLimitExceeded");
        assertThat(AllocationRules.withinQuota(third, all, 2)).isEqualTo(new Resolution.Resolved<>(third));
    }

    @Test
    void aLowerQuotaTakesNothingAway() {
        var first = allocated(eip("first", 1, null), "ipv4pool-ec2-1");
        var second = allocated(eip("second", 2, null), "ipv4pool-ec2-1");

        assertThat(AllocationRules.withinQuota(second, List.of(first, second), 1))
                .isEqualTo(new Resolution.Resolved<>(second));
    }

    private static String words(Resolution<?> judged) {
        return Judgement.fold(judged, found -> "resolved", (reason, message) -> reason + ": " + message);
    }

    private static AddressPool pool(String name, boolean accepted) {
        var pool = new AddressPool();
        pool.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid("uid-" + name).build());
        pool.setSpec(new AddressPoolSpec(List.of("203.0.113.0/28"), "Routed", null, null));
        if (accepted) {
            pool.setStatus(new AddressPoolStatus(
                    List.of(), 1L, AddressPools.id(pool), pool.getSpec().cidrBlocks(), 16, 16));
        }
        return pool;
    }

    private static ElasticIp eip(String name, int age, @Nullable String pool) {
        var eip = new ElasticIp();
        eip.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp("2026-11-22T10:00:0" + age + "Z")
                .build());
        eip.setSpec(new ElasticIpSpec(pool == null ? null : new LocalRef(pool), null, null, null));
        return eip;
    }

    private static ElasticIp allocated(ElasticIp eip, String poolId) {
        eip.setStatus(new ElasticIpStatus(
                List.of(new Condition("Accepted", "True", 1L, "", "Accepted", "")),
                1L,
                null,
                null,
                "203.0.113.1",
                "vpc",
                poolId,
                null,
                null,
                null,
                null,
                null,
                null));
        return eip;
    }
}
