package io.minicloud.controller.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.ec2.VpcStatus;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    @Test
    void aVpcThatNobodyJudgedYetIsNotRefused() {
        assertThat(reason(Optional.empty())).isEqualTo(ResolverReason.VpcNotFound);
        assertThat(reason(Optional.of(vpc()))).isEqualTo(ResolverReason.VpcPending);
        assertThat(reason(Optional.of(judged("Unknown", 2L)))).isEqualTo(ResolverReason.VpcPending);
        assertThat(reason(Optional.of(judged("True", 1L)))).isEqualTo(ResolverReason.VpcPending);
        assertThat(reason(Optional.of(judged("False", 2L)))).isEqualTo(ResolverReason.VpcNotAccepted);
    }

    @Test
    void anAcceptedVpcIsFoundAndATenantKeepsItAnyway() {
        assertThat(References.vpc("main", Optional.of(judged("True", 2L)), false))
                .isInstanceOf(Resolution.Resolved.class);
        assertThat(References.vpc("main", Optional.of(judged("False", 2L)), true))
                .isInstanceOf(Resolution.Resolved.class);
    }

    private static Enum<?> reason(Optional<Vpc> found) {
        return ((Resolution.Waiting<Vpc>) References.vpc("main", found, false)).reason();
    }

    private static Vpc vpc() {
        var vpc = new Vpc();
        vpc.getMetadata().setName("main");
        vpc.getMetadata().setGeneration(2L);
        return vpc;
    }

    private static Vpc judged(String accepted, long generation) {
        var vpc = vpc();
        var condition = new Condition("Accepted", accepted, generation, "2026-11-21T10:00:00Z", "Accepted", "");
        vpc.setStatus(new VpcStatus(List.of(condition), generation, null, null, null, null, null, null, null));
        return vpc;
    }
}
