package io.minicloud.controller.s3.bucket;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.api.organizations.Account;
import io.minicloud.api.s3.Bucket;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;

/**
 * Which namespaces are accounts.
 *
 * @param accounts every Account
 */
record Enrolment(List<Account> accounts) {
    static Enrolment of(Context<Bucket> context) {
        var source = (InformerEventSource<Account, Bucket>)
                context.eventSourceRetriever().getEventSourceFor(Account.class);
        return new Enrolment(source.list(account -> true).toList());
    }

    /** The account id of a namespace. */
    Resolution<String> account(String namespace) {
        return accounts.stream()
                .filter(account -> account.getSpec() != null)
                .filter(account -> namespace.equals(account.getSpec().namespace()))
                .filter(account -> Conditions.isTrue(account, ConditionType.ACCEPTED))
                .findFirst()
                .<Resolution<String>>map(
                        account -> new Resolution.Resolved<>(account.getSpec().accountId()))
                .orElseGet(() -> new Resolution.Waiting<>(
                        BucketReason.NotAnAccount,
                        "namespace " + namespace + " is not an account; an administrator enrols it with an Account"));
    }

    boolean isEnrolled(String namespace) {
        return account(namespace) instanceof Resolution.Resolved<String>;
    }
}
