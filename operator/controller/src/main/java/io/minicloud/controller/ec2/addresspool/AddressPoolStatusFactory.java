package io.minicloud.controller.ec2.addresspool;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.AddressPoolStatus;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.change.Verdict;
import io.minicloud.controller.ipam.PoolAddresses;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.reconcile.condition.ConditionBuilder;
import java.time.Clock;
import java.util.List;

/** The status of an AddressPool. */
final class AddressPoolStatusFactory {
    private final Clock clock;

    AddressPoolStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /**
     * The status of a pool whose spec is refused: what was accepted before goes on.
     *
     * @param claimed how many of its addresses are in use
     */
    AddressPoolStatus refused(AddressPool pool, int claimed, Enum<?> reason, String message) {
        var conditions = Verdict.refuse(Verdict.conditions(pool, clock), reason, message);
        return status(pool, conditions, AddressPools.ranges(pool), claimed);
    }

    /**
     * The status of a pool that stands.
     *
     * @param ranges the ranges from which addresses are given out
     * @param claimed how many of its addresses are in use
     */
    AddressPoolStatus accepted(AddressPool pool, List<String> ranges, int claimed) {
        return status(
                pool, Verdict.allTrue(Verdict.conditions(pool, clock), AddressPoolReason.Accepted), ranges, claimed);
    }

    AddressPoolStatus deleting(AddressPool pool, int claimed, Progress waiting) {
        var conditions = Verdict.deleting(Verdict.conditions(pool, clock), AddressPoolReason.Accepted, waiting);
        return status(pool, conditions, AddressPools.ranges(pool), claimed);
    }

    private static AddressPoolStatus status(
            AddressPool pool, ConditionBuilder conditions, List<String> ranges, int claimed) {
        var total = PoolAddresses.of(ranges).total();
        return new AddressPoolStatus(
                conditions.build(),
                pool.getMetadata().getGeneration(),
                AddressPools.id(pool),
                ranges,
                total,
                total - claimed);
    }
}
