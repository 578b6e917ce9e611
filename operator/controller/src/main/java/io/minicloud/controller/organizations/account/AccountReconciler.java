package io.minicloud.controller.organizations.account;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.change.StatusUpdate;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.retry.EndlessRetry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Says which namespaces are accounts. */
@ControllerConfiguration(
        name = "account",
        fieldManager = "minicloud-account",
        retry = EndlessRetry.class,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
public final class AccountReconciler implements Reconciler<Account> {
    private final AccountStatusFactory statuses;

    /** A reconciler by this clock. */
    public AccountReconciler(Clock clock) {
        this.statuses = new AccountStatusFactory(clock);
    }

    @Override
    public List<EventSource<?, Account>> prepareEventSources(EventSourceContext<Account> context) {
        var primaries = context.getPrimaryCache();
        return List.of(new Watch<>(context)
                .accepted(
                        Account.class,
                        changed -> Indexes.ids(primaries
                                .list(account -> AccountRules.collide(account, changed))
                                .toList())));
    }

    @Override
    public UpdateControl<Account> reconcile(Account account, Context<Account> context) {
        var all = Cached.of(context, Account.class).all().toList();
        return StatusUpdate.of(account, Account::new, statuses.status(account, AccountRules.judge(account, all)));
    }
}
