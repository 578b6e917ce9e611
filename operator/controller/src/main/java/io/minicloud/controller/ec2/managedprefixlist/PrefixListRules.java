package io.minicloud.controller.ec2.managedprefixlist;

import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.ManagedPrefixListSpec.Entry;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** What of a list the schema does not judge: among many entries a rule of it would cost more than one may. Pure. */
final class PrefixListRules {
    private PrefixListRules() {}

    /** Whether each range is there once. */
    static Resolution<ManagedPrefixList> judge(ManagedPrefixList list) {
        var seen = new HashSet<String>();
        return Stream.ofNullable(list.getSpec().entries())
                .flatMap(List::stream)
                .map(Entry::cidr)
                .filter(cidr -> !seen.add(cidr))
                .findFirst()
                .<Resolution<ManagedPrefixList>>map(cidr -> new Resolution.Invalid<>(
                        ManagedPrefixListReason.DuplicateEntry, "entries has %s twice: write it once".formatted(cidr)))
                .orElseGet(() -> new Resolution.Resolved<>(list));
    }
}
