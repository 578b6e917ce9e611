package io.minicloud.controller.ec2.managedprefixlist;

import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.ManagedPrefixListStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.prefixlist.PrefixLists;
import io.minicloud.reconcile.condition.ConditionBuilder;
import io.minicloud.reconcile.identity.Arn;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The status of a ManagedPrefixList. */
final class ManagedPrefixListStatusFactory {
    private static final long AS_CREATED = 1;

    private final String region;
    private final Clock clock;

    ManagedPrefixListStatusFactory(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    ManagedPrefixListStatus refused(ManagedPrefixList list, Enum<?> reason, String message) {
        var conditions = Verdict.refuse(Verdict.conditions(list, clock), reason, message);
        return status(list, conditions, before(list), complete(list));
    }

    ManagedPrefixListStatus accepted(ManagedPrefixList list, String account) {
        var conditions = Verdict.allTrue(Verdict.conditions(list, clock), ManagedPrefixListReason.Accepted);
        return status(list, conditions, account, complete(list));
    }

    ManagedPrefixListStatus deleting(ManagedPrefixList list, Progress waiting) {
        var conditions = Verdict.deleting(Verdict.conditions(list, clock), ManagedPrefixListReason.Accepted, waiting);
        return status(list, conditions, before(list), "delete-in-progress");
    }

    private static @Nullable String before(ManagedPrefixList list) {
        return list.getStatus() == null ? null : list.getStatus().ownerId();
    }

    private static String complete(ManagedPrefixList list) {
        return list.getMetadata().getGeneration() == AS_CREATED ? "create-complete" : "modify-complete";
    }

    private ManagedPrefixListStatus status(
            ManagedPrefixList list, ConditionBuilder conditions, @Nullable String account, String state) {
        var id = PrefixLists.id(list);
        return new ManagedPrefixListStatus(
                conditions.build(),
                list.getMetadata().getGeneration(),
                account == null ? null : Arn.of("ec2", region, account, "prefix-list/" + id),
                id,
                state,
                account);
    }
}
