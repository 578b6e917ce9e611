package io.minicloud.controller.internetgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.InternetGatewaySpec;
import io.minicloud.api.ec2.InternetGatewayStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By hand, after https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html and its counterpart. */
class InternetGatewaysTest {
    private final InternetGateway older = gateway("older", "2026-01-01T00:00:00Z");
    private final InternetGateway younger = gateway("younger", "2026-01-02T00:00:00Z");

    @Test
    void withoutAnyNoneIsAttached() {
        assertThat(InternetGateways.attached("vpc-1", List.of())).isEmpty();
    }

    @Test
    void ofTwoNewOnesTheOlderIs() {
        assertThat(InternetGateways.attached("vpc-1", List.of(younger, older))).contains(older);
    }

    @Test
    void theOneThatIsStaysAgainstAnOlderOneThatWasDetached() {
        accepted(older, List.of(), 1);
        accepted(younger, List.of(new InternetGatewayStatus.Attachment("vpc-1", "available")), 1);

        assertThat(InternetGateways.attached("vpc-1", List.of(younger, older))).contains(younger);
    }

    @Test
    void theOneThatIsStaysAgainstOneThatMovesHere() {
        accepted(older, List.of(new InternetGatewayStatus.Attachment("vpc-2", "available")), 1);
        assertThat(InternetGateways.attached("vpc-1", List.of(younger, older)))
                .as("one that is attached elsewhere is not attached here")
                .contains(younger);
        accepted(younger, List.of(new InternetGatewayStatus.Attachment("vpc-1", "available")), 1);

        assertThat(InternetGateways.attached("vpc-1", List.of(younger, older))).contains(younger);
    }

    /** AWS: DependencyViolation, until the last public address is unmapped. */
    @Test
    void theOneThatIsStaysWhateverBecameOfIt() {
        accepted(younger, List.of(new InternetGatewayStatus.Attachment("vpc-1", "available")), 1);
        younger.getMetadata().setGeneration(2L);
        younger.getMetadata().setDeletionTimestamp("2026-01-04T00:00:00Z");

        assertThat(InternetGateways.attached("vpc-1", List.of(younger, older))).contains(younger);
        accepted(younger, List.of(), 2);
        assertThat(InternetGateways.attached("vpc-1", List.of(younger, older))).contains(older);
        assertThat(InternetGateways.attached("vpc-1", List.of(younger)))
                .as("one that is being deleted is not attached any more")
                .isEmpty();
    }

    private static void accepted(
            InternetGateway gateway, List<InternetGatewayStatus.Attachment> attachments, long generation) {
        gateway.setStatus(new InternetGatewayStatus(
                List.of(new Condition("Accepted", "True", generation, "2026-01-03T00:00:00Z", "Accepted", "")),
                generation,
                null,
                null,
                null,
                attachments,
                null));
    }

    private static InternetGateway gateway(String name, String created) {
        var gateway = new InternetGateway();
        gateway.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp(created)
                .withGeneration(1L)
                .build());
        gateway.setSpec(new InternetGatewaySpec(new LocalRef("main"), null));
        return gateway;
    }
}
