package io.minicloud.controller.organizations.account;

import io.minicloud.api.organizations.Account;
import io.minicloud.api.organizations.AccountStatus;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.identity.Arn;
import io.minicloud.reconcile.resolve.Resolution;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The status of an Account. */
public final class AccountStatusFactory {
    private final Clock clock;

    /** Makes statuses by this clock. */
    public AccountStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** The status of an account that was judged so. */
    AccountStatus status(Account account, Resolution<String> judged) {
        var conditions = Verdict.conditions(account, clock);
        return Judgement.fold(
                judged,
                id -> status(
                        account,
                        Verdict.allTrue(conditions, AccountReason.Enrolled),
                        Arn.of("organizations", "", id, "account/" + id),
                        "ACTIVE"),
                (reason, message) ->
                        status(account, Verdict.refuse(conditions, reason, message), null, "PENDING_ACTIVATION"));
    }

    private static AccountStatus status(
            Account account, ConditionBuilder conditions, @Nullable String arn, String state) {
        return new AccountStatus(conditions.build(), account.getMetadata().getGeneration(), arn, state);
    }
}
