package io.minicloud.controller.prefixlist;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.api.ec2.ManagedPrefixList;
import io.minicloud.api.ec2.ManagedPrefixListSpec.Entry;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The prefix lists that others name, and what they get from them. */
public final class PrefixLists {
    private PrefixLists() {}

    /** E.g. {@code pl-0123456789abcdef0}. */
    public static String id(ManagedPrefixList list) {
        return AwsId.of("pl", list.getMetadata().getUid());
    }

    /** The ranges of a list, in its order. */
    public static List<String> cidrs(ManagedPrefixList list) {
        return Stream.ofNullable(list.getSpec().entries())
                .flatMap(List::stream)
                .map(Entry::cidr)
                .distinct()
                .toList();
    }

    /**
     * As how many rules or routes a list counts that one names.
     *
     * @param list what was found under its name; a list that is not there counts as one
     * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html">Amazon VPC quotas</a>
     */
    public static int weight(Optional<ManagedPrefixList> list) {
        return list.map(found -> found.getSpec().maxEntries()).orElse(1);
    }

    /**
     * What a reconciler must watch whose kind names prefix lists.
     *
     * @param context of the reconciler
     * @param users those that name the list with this key
     */
    public static <P extends HasMetadata> InformerEventSource<ManagedPrefixList, P> source(
            EventSourceContext<P> context, Function<String, Set<ResourceID>> users) {
        return new Watch<>(context)
                .source(ManagedPrefixList.class, list -> users.apply(Indexes.key(list)), Watch::specChanged);
    }

    /** The lists of a namespace, by name, for a reconciler that watches them. */
    public static <P extends HasMetadata> Function<String, Optional<ManagedPrefixList>> of(
            String namespace, Context<P> context) {
        var lists = Cached.of(context, ManagedPrefixList.class);
        return name -> lists.find(namespace, name);
    }
}
