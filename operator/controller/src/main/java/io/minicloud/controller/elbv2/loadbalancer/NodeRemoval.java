package io.minicloud.controller.elbv2.loadbalancer;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One pass over a node that goes: first the appliance, then the public address, then the network interface that they used. */
final class NodeRemoval {
    private final LoadBalancer balancer;
    private final NodePlace place;
    private final Context<LoadBalancer> context;
    private final PlanExecutor executor;

    NodeRemoval(LoadBalancer balancer, NodePlace place, Context<LoadBalancer> context, PlanExecutor executor) {
        this.balancer = balancer;
        this.place = place;
        this.context = context;
        this.executor = executor;
    }

    /** What is waited for; empty when nothing is left. */
    Optional<Progress> advance() {
        var eni = child(NetworkInterface.class);
        return Stream.of(eni.flatMap(this::appliance), child(ElasticIp.class), eni)
                .flatMap(Optional::stream)
                .findFirst()
                .map(next -> {
                    delete(next);
                    return waiting(next);
                });
    }

    private Progress waiting(CustomResource<?, ?> next) {
        var name = next.getKind() + " " + next.getMetadata().getName();
        return switch (next) {
            case HostAppliance appliance ->
                Progress.pending(
                        LoadBalancerReason.RemovingAppliance,
                        "host " + References.hostOf(appliance.getMetadata().getNamespace())
                                + " is removing the appliance of the node in " + place.zone());
            case ElasticIp eip -> Progress.pending(LoadBalancerReason.RemovingElasticIp, name + " goes");
            default -> Progress.pending(LoadBalancerReason.RemovingNetworkInterface, name + " goes");
        };
    }

    private Optional<HostAppliance> appliance(NetworkInterface eni) {
        return Optional.ofNullable(place.host()).flatMap(host -> Cached.of(context, HostAppliance.class)
                .find(References.hostNamespace(host), NodePlanner.applianceId(Associations.interfaceId(eni))));
    }

    private <R extends CustomResource<?, ?>> Optional<R> child(Class<R> type) {
        return Cached.of(context, type)
                .find(balancer.getMetadata().getNamespace(), NodePlanner.name(balancer, place.subnetId()))
                .filter(found -> Derived.isChild(found, balancer));
    }

    private void delete(CustomResource<?, ?> object) {
        executor.execute(
                "LoadBalancer " + Indexes.key(balancer),
                Changes.<CustomResource<?, ?>>between(List.of(), List.of(object))
                        .plan(new ContextObjectWriter(context)));
    }
}
