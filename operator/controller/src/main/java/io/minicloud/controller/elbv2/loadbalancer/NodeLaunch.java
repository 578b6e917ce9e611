package io.minicloud.controller.elbv2.loadbalancer;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One pass over a node that has a host: as far as it gets, and what is waited for. */
final class NodeLaunch {
    private final LoadBalancer balancer;
    private final NodePlace place;
    private final String vpcId;
    private final Context<LoadBalancer> context;
    private final PlanExecutor executor;

    NodeLaunch(
            LoadBalancer balancer,
            NodePlace place,
            String vpcId,
            Context<LoadBalancer> context,
            PlanExecutor executor) {
        this.balancer = balancer;
        this.place = place;
        this.vpcId = vpcId;
        this.context = context;
        this.executor = executor;
    }

    /**
     * Makes what is missing of the node.
     *
     * @param subnetRef the name of its subnet
     * @param proxy what the node is to do with connections
     */
    NodeView advance(LocalRef subnetRef, ProxySpec proxy) {
        var taken = Stream.of(found(NetworkInterface.class), found(ElasticIp.class))
                .flatMap(Optional::stream)
                .filter(object -> !Derived.isChild(object, balancer))
                .findFirst();
        if (taken.isPresent()) {
            return NodeView.pending(
                    place,
                    LoadBalancerReason.NameTaken,
                    "%s %s exists and does not belong to this load balancer: delete it, or name the load balancer otherwise"
                            .formatted(
                                    taken.get().getKind(),
                                    taken.get().getMetadata().getName()));
        }
        if (found(NetworkInterface.class)
                .filter(NetworkInterface::isMarkedForDeletion)
                .isPresent()) {
            return new NodeRemoval(balancer, place, context, executor)
                    .advance()
                    .map(waiting -> new NodeView(place, null, null, false, waiting, false))
                    .orElseThrow();
        }
        var eni = apply(NodePlanner.networkInterface(balancer, subnetRef, place.subnetId()));
        if (LoadBalancers.isInternetFacing(balancer)) {
            apply(NodePlanner.elasticIp(balancer, place.subnetId()));
        }
        return isAddressed(eni) ? appliance(eni, proxy) : unaddressed(eni);
    }

    /** Tells the node of new listeners, rules and targets while what its load balancer asks for beyond that may not be. */
    NodeView keep(ProxySpec proxy) {
        var eni = found(NetworkInterface.class)
                .filter(present -> Derived.isChild(present, balancer))
                .filter(NodeLaunch::isAddressed)
                .filter(present -> !present.isMarkedForDeletion());
        return eni.filter(present -> appliance(planned(present, proxy)).isPresent())
                .map(present -> appliance(present, proxy))
                .orElseGet(() -> new NodeView(
                        place,
                        eni.orElse(null),
                        null,
                        false,
                        Progress.pending(LoadBalancerReason.AwaitingHost, "the node has not been made yet"),
                        false));
    }

    private NodeView unaddressed(NetworkInterface eni) {
        return Conditions.find(eni.getStatus(), ConditionType.ACCEPTED)
                .filter(accepted -> accepted.status().equals("False"))
                .map(accepted -> NodeView.pending(
                        place,
                        LoadBalancerReason.NetworkInterfaceNotAccepted,
                        what(eni) + ": " + accepted.reason() + ": " + accepted.message()))
                .orElseGet(() -> NodeView.pending(
                        place, LoadBalancerReason.NetworkInterfacePending, what(eni) + " has no address yet"));
    }

    private NodeView appliance(NetworkInterface eni, ProxySpec proxy) {
        var desired = planned(eni, proxy);
        apply(desired, appliance(desired));
        var observed = appliance(desired);
        return new NodeView(
                place,
                eni,
                observed.orElse(null),
                false,
                progress(eni, desired, observed),
                observed.filter(found -> serves(eni, found)).isPresent());
    }

    private Progress progress(NetworkInterface eni, HostAppliance desired, Optional<HostAppliance> observed) {
        if (LoadBalancers.isInternetFacing(balancer) && eni.getStatus().association() == null) {
            return Progress.pending(
                    LoadBalancerReason.ElasticIpPending,
                    "ElasticIp " + eni.getMetadata().getName() + ": "
                            + Derived.why(found(ElasticIp.class).orElse(null)));
        }
        if (!Conditions.isTrue(eni, ConditionType.PROGRAMMED)) {
            return Progress.pending(LoadBalancerReason.NetworkInterfacePending, what(eni) + ": " + Derived.why(eni));
        }
        return observed.filter(found -> Derived.programmed(found, desired))
                        .filter(Derived::isUsable)
                        .isPresent()
                ? Progress.done(LoadBalancerReason.Programmed, "")
                : Progress.pending(
                        LoadBalancerReason.AwaitingHost,
                        Derived.why(desired.getMetadata().getNamespace(), observed.orElse(null)));
    }

    /** A node that has been told of a change serves on; that it has not answered yet is no trouble of its clients. */
    private boolean serves(NetworkInterface eni, HostAppliance appliance) {
        return (!LoadBalancers.isInternetFacing(balancer) || eni.getStatus().association() != null)
                && says(appliance, ConditionType.READY)
                        .or(() -> says(appliance, ConditionType.PROGRAMMED))
                        .orElse(false);
    }

    private static Optional<Boolean> says(HostAppliance appliance, String type) {
        return Conditions.find(appliance.getStatus(), type)
                .map(condition -> condition.status().equals("True"));
    }

    private HostAppliance planned(NetworkInterface eni, ProxySpec proxy) {
        return NodePlanner.appliance(
                balancer, place.host(), vpcId, eni.getStatus().networkInterfaceId(), addressed(proxy, eni));
    }

    /** In a log stands the address by which clients know the node. */
    private static ProxySpec addressed(ProxySpec proxy, NetworkInterface eni) {
        var log = proxy.accessLog();
        if (log == null) {
            return proxy;
        }
        var association = eni.getStatus().association();
        return proxy.withAccessLog(log.withNodeAddress(
                association == null || association.publicIp() == null
                        ? eni.getStatus().privateIpAddress()
                        : association.publicIp()));
    }

    private static boolean isAddressed(NetworkInterface eni) {
        var status = eni.getStatus();
        return status != null && status.networkInterfaceId() != null && status.privateIpAddress() != null;
    }

    private static String what(NetworkInterface eni) {
        return "NetworkInterface " + eni.getMetadata().getName();
    }

    private Optional<HostAppliance> appliance(HostAppliance desired) {
        var meta = desired.getMetadata();
        return Cached.of(context, HostAppliance.class).find(meta.getNamespace(), meta.getName());
    }

    private <R extends CustomResource<?, ?>> Optional<R> found(Class<R> type) {
        return Cached.of(context, type)
                .find(balancer.getMetadata().getNamespace(), NodePlanner.name(balancer, place.subnetId()));
    }

    /** Writes an object that has the name of the node; what is there then. */
    @SuppressWarnings("unchecked")
    private <R extends CustomResource<?, ?>> R apply(R desired) {
        var type = (Class<R>) desired.getClass();
        apply(desired, found(type));
        return found(type).orElse(desired);
    }

    private <R extends CustomResource<?, ?>> void apply(R desired, Optional<R> present) {
        executor.execute(
                "LoadBalancer " + Indexes.key(balancer),
                Changes.between(List.of(desired), present.stream().toList()).plan(new ContextObjectWriter(context)));
    }
}
