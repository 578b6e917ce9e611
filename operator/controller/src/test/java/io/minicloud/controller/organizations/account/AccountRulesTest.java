package io.minicloud.controller.organizations.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.organizations.AccountSpec;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountRulesTest {
    private static final Account LAB = account("lab", "lab", "111122223333");

    @Test
    void enrolsTheFirst() {
        assertThat(AccountRules.judge(LAB, List.of(LAB))).isEqualTo(new Resolution.Resolved<>("111122223333"));
    }

    @Test
    void anIdBelongsToOne() {
        var judged = AccountRules.judge(account("later", "other", "111122223333"), List.of(LAB));

        assertThat(refusal(judged))
                .startsWith(AccountReason.AccountIdTaken.name())
                .contains("Account lab");
    }

    @Test
    void aNamespaceBelongsToOne() {
        assertThat(refusal(AccountRules.judge(account("later", "lab", "444455556666"), List.of(LAB))))
                .startsWith(AccountReason.NamespaceTaken.name());
    }

    @Test
    void minicloudsOwnNamespacesAreNever() {
        var own = account("own", "minicloud-system", "444455556666");

        assertThat(AccountRules.judge(own, List.of())).isInstanceOf(Resolution.Invalid.class);
    }

    @Test
    void theStatusSaysWhatWasJudged() {
        var statuses = new AccountStatusFactory(Clock.systemUTC());

        var enrolled = statuses.status(LAB, AccountRules.judge(LAB, List.of()));
        var refused = statuses.status(LAB, new Resolution.Waiting<>(AccountReason.AccountIdTaken, "of Account x"));

        assertThat(enrolled.state()).isEqualTo("ACTIVE");
        assertThat(enrolled.conditions())
                .allSatisfy(condition -> assertThat(condition.status()).isEqualTo("True"));
        assertThat(refused.state()).isEqualTo("PENDING_ACTIVATION");
        assertThat(refused.conditions()).extracting("type").containsExactly("Accepted", "Programmed", "Ready");
        assertThat(refused.conditions())
                .noneSatisfy(condition -> assertThat(condition.status()).isEqualTo("True"));
    }

    private static String refusal(Resolution<?> judged) {
        return Judgement.fold(judged, found -> "resolved", (reason, message) -> reason + ": " + message);
    }

    private static Account account(String name, String namespace, String id) {
        var account = new Account();
        account.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withCreationTimestamp("2026-11-21T10:00:00Z")
                .build());
        account.setSpec(new AccountSpec(namespace, id));
        return account;
    }
}
