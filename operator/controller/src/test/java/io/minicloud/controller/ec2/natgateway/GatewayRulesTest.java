package io.minicloud.controller.ec2.natgateway;

import static io.minicloud.controller.ec2.natgateway.NatGatewayFixture.eip;
import static io.minicloud.controller.ec2.natgateway.NatGatewayFixture.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayRulesTest {
    /** AWS: NatGatewayLimitExceeded. */
    @Test
    void theQuotaIsForTheSeniorAndForThoseThatHaveAHost() {
        var first = gateway("a", null);
        var second = gateway("b", null);
        var third = gateway("c", null);

        assertThat(told(GatewayRules.withinQuota(second, List.of(first, second, third), 2)))
                .isEqualTo("resolved");
        assertThat(told(GatewayRules.withinQuota(third, List.of(first, second, third), 2)))
                .startsWith("NatGatewayLimitExceeded")
                .contains("may have 2", "quotas.natGatewaysPerZone");
        assertThat(told(GatewayRules.withinQuota(gateway("c", "tower"), List.of(first, second), 2)))
                .isEqualTo("resolved");
        assertThat(told(GatewayRules.withinQuota(second, List.of(first, second, gateway("c", "tower")), 2)))
                .startsWith("NatGatewayLimitExceeded");
    }

    @Test
    void anElasticIpThatIsNotThereOrHasNoAddressIsWaitedFor() {
        var gateway = gateway("a", null);

        assertThat(told(GatewayRules.address(gateway, Optional.empty(), Optional.empty())))
                .startsWith("ElasticIpNotFound");
        assertThat(told(GatewayRules.address(gateway, Optional.of(eip("", null)), Optional.of(gateway))))
                .startsWith("ElasticIpPending");
        assertThat(told(GatewayRules.address(gateway, Optional.of(eip("", "203.0.113.1")), Optional.of(gateway))))
                .isEqualTo("resolved");
    }

    @Test
    void whoHasTheElasticIpIsNamed() {
        var eip = Optional.of(eip("", "203.0.113.1"));

        assertThat(told(GatewayRules.address(gateway("a", null), eip, Optional.of(gateway("b", null)))))
                .startsWith("ResourceAlreadyAssociated")
                .contains("NatGateway b");
        assertThat(told(GatewayRules.address(gateway("a", null), eip, Optional.empty())))
                .startsWith("ResourceAlreadyAssociated")
                .contains("instanceRef");
    }

    @Test
    void anElasticIpThatGoesServesOnlyTheGatewayThatHasBegun() {
        var eip = eip("", "203.0.113.1");
        eip.getMetadata().setDeletionTimestamp("2026-01-03T00:00:00Z");
        var late = gateway("a", null);
        var begun = gateway("a", "tower");

        assertThat(told(GatewayRules.address(late, Optional.of(eip), Optional.of(late))))
                .startsWith("ElasticIpTerminating");
        assertThat(told(GatewayRules.address(begun, Optional.of(eip), Optional.of(begun))))
                .isEqualTo("resolved");
    }

    private static String told(Resolution<?> resolution) {
        return Judgement.fold(resolution, found -> "resolved", (reason, message) -> reason + ": " + message);
    }
}
