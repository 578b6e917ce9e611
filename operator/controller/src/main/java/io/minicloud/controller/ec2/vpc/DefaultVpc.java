package io.minicloud.controller.ec2.vpc;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.Host;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.Watch;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the network with which a default VPC begins, and takes it away with the VPC. */
final class DefaultVpc {
    private final PlanExecutor executor;

    DefaultVpc(PlanExecutor executor) {
        this.executor = executor;
    }

    /** Other default VPCs of the account, and the hosts for their zones; what the VPC makes, its reconciler watches. */
    static List<EventSource<?, Vpc>> eventSources(EventSourceContext<Vpc> context) {
        var watch = new Watch<>(context);
        var vpcs = watch.accepted(
                Vpc.class,
                changed -> DefaultNetwork.isDefault(changed)
                        ? Indexes.ids(context.getPrimaryCache()
                                .list(changed.getMetadata().getNamespace(), DefaultNetwork::isDefault)
                                .toList())
                        : Set.of());
        var hosts = watch.source(
                Host.class,
                host -> Indexes.ids(context.getPrimaryCache()
                        .list(vpc -> DefaultNetwork.isDefault(vpc) && !hasBegun(vpc))
                        .toList()),
                Watch::specChanged);
        return List.of(vpcs, hosts);
    }

    /** Whether the VPC may be what it says; most do not say that they are the default one. */
    Resolution<Vpc> judge(Vpc vpc, Context<Vpc> context) {
        var namespace = vpc.getMetadata().getNamespace();
        return DefaultNetwork.isDefault(vpc)
                ? DefaultNetwork.judge(
                        vpc,
                        Cached.of(context, Vpc.class)
                                .all()
                                .filter(other ->
                                        namespace.equals(other.getMetadata().getNamespace()))
                                .toList())
                : new Resolution.Resolved<>(vpc);
    }

    /** Makes what it begins with, until all of it was there once. Tells what stands in the way. */
    Optional<Progress> begin(Vpc vpc, Context<Vpc> context) {
        if (!DefaultNetwork.isDefault(vpc) || hasBegun(vpc)) {
            return Optional.empty();
        }
        var zones = Cached.of(context, Host.class)
                .all()
                .flatMap(host -> host.getSpec().zones().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (zones.isEmpty()) {
            return Optional.of(Progress.pending(VpcReason.AwaitingZone, "no host serves a zone yet"));
        }
        var wanted = DefaultNetwork.of(vpc, zones);
        execute(vpc, DefaultNetwork.missing(wanted, child -> find(child, context)), context);
        return DefaultNetwork.taken(vpc, wanted, child -> find(child, context));
    }

    /**
     * Takes its subnets and its gateway away with it, as AWS's console does, unless anything else of the user's is in it. The route
     * table, as groups and ACLs, goes after it.
     *
     * @param blockers what is still in the VPC, by kind and name
     */
    void end(Vpc vpc, List<String> blockers, Context<Vpc> context) {
        var made = Stream.<CustomResource<?, ?>>concat(
                        Cached.of(context, Subnet.class).by(Indexes.VPC, Indexes.key(vpc)).stream(),
                        Cached.of(context, InternetGateway.class).by(Indexes.VPC, Indexes.key(vpc)).stream())
                .filter(child -> DefaultChild.isOwned(vpc, child))
                .toList();
        if (Blockers.names(made).containsAll(blockers)) {
            var present =
                    made.stream().filter(child -> !child.isMarkedForDeletion()).toList();
            execute(vpc, new Changes<>(List.of(), present), context);
        }
    }

    /** Whether nothing is left of what it made, by the word of the API server: what it made just now no cache may know yet. */
    boolean hasEnded(Vpc vpc, Context<Vpc> context) {
        return !DefaultNetwork.isDefault(vpc)
                || Stream.of(Subnet.class, InternetGateway.class)
                        .flatMap(type -> context
                                .getClient()
                                .resources(type)
                                .inNamespace(vpc.getMetadata().getNamespace())
                                .list()
                                .getItems()
                                .stream())
                        .noneMatch(child -> DefaultChild.isOwned(vpc, child));
    }

    private void execute(Vpc vpc, Changes<CustomResource<?, ?>> changes, Context<Vpc> context) {
        executor.execute("Vpc " + Indexes.key(vpc), changes.plan(new ContextObjectWriter(context)));
    }

    private static Optional<CustomResource<?, ?>> find(CustomResource<?, ?> child, Context<Vpc> context) {
        return Cached.of(context, child.getClass())
                .find(child.getMetadata().getNamespace(), child.getMetadata().getName())
                .map(present -> present);
    }

    private static boolean hasBegun(Vpc vpc) {
        return vpc.getStatus() != null
                && VpcStatusFactory.AVAILABLE.equals(vpc.getStatus().state());
    }
}
