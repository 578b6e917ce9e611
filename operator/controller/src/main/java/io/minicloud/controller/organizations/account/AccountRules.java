package io.minicloud.controller.organizations.account;

import io.minicloud.api.organizations.Account;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;

/** Which Accounts are in force: an id and a namespace belong to one each. Pure. */
public final class AccountRules {
    private AccountRules() {}

    /**
     * Judges an account.
     *
     * @param account the account
     * @param all every account, itself included or not
     * @return its 12-digit id
     */
    public static Resolution<String> judge(Account account, Collection<Account> all) {
        var spec = account.getSpec();
        if (spec.namespace().startsWith("minicloud-")) {
            return new Resolution.Invalid<>(
                    AccountReason.InvalidNamespace,
                    "namespaces named minicloud-* are never accounts; name another one");
        }
        return all.stream()
                .filter(other -> collide(account, other))
                .filter(other -> Seniority.<Account>order().compare(other, account) < 0)
                .min(Seniority.order())
                .<Resolution<String>>map(winner -> taken(account, winner))
                .orElseGet(() -> new Resolution.Resolved<>(spec.accountId()));
    }

    /** Whether two different accounts want the same id or the same namespace. */
    static boolean collide(Account one, Account other) {
        return !one.getMetadata().getName().equals(other.getMetadata().getName())
                && (one.getSpec().accountId().equals(other.getSpec().accountId())
                        || one.getSpec().namespace().equals(other.getSpec().namespace()));
    }

    private static Resolution<String> taken(Account account, Account winner) {
        var name = winner.getMetadata().getName();
        return account.getSpec().accountId().equals(winner.getSpec().accountId())
                ? new Resolution.Waiting<>(
                        AccountReason.AccountIdTaken,
                        "account id " + winner.getSpec().accountId() + " belongs to Account " + name)
                : new Resolution.Waiting<>(
                        AccountReason.NamespaceTaken,
                        "namespace " + winner.getSpec().namespace() + " belongs to Account " + name);
    }
}
