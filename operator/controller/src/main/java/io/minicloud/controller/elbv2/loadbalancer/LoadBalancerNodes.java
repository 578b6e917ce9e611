package io.minicloud.controller.elbv2.loadbalancer;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.host.HostsOfVpc;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.reconcile.plan.ActionFailedException;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One pass over the nodes of a load balancer. What becomes of one is nothing to the others. */
final class LoadBalancerNodes {
    private final LoadBalancer balancer;
    private final NodeProxies proxies;
    private final NodeCertificates certificates;
    private final NodeLogs logs;
    private final Context<LoadBalancer> context;
    private final PlanExecutor executor;

    LoadBalancerNodes(
            LoadBalancer balancer,
            Quotas quotas,
            SecretMemory memory,
            LogKeys keys,
            Context<LoadBalancer> context,
            PlanExecutor executor) {
        this.balancer = balancer;
        this.certificates = new NodeCertificates(balancer, memory, context, executor);
        this.logs = new NodeLogs(balancer, memory, context, executor, keys);
        this.proxies = new NodeProxies(balancer, context, quotas, certificates, logs);
        this.context = context;
        this.executor = executor;
    }

    /** Brings every node a step on; those whose subnet was taken out go. */
    List<NodeView> advance(LoadBalancerInputs inputs, HostCandidates candidates) {
        var views = new ArrayList<NodeView>();
        var unplaced = new ArrayList<Subnet>();
        for (var subnet : inputs.subnets()) {
            recorded(subnet)
                    .ifPresentOrElse(
                            place -> views.add(launch(place, subnet, inputs.vpcId())), () -> unplaced.add(subnet));
        }
        if (!unplaced.isEmpty()) {
            var placement = new NodePlacement(candidates.all(context), HostsOfVpc.of(inputs.vpc(), context), hosts());
            unplaced.forEach(subnet -> views.add(placement.place(subnet)));
        }
        views.addAll(leave(inputs));
        return views;
    }

    /** Tells the nodes that there are of new listeners, rules and targets, and leaves them otherwise as they are. */
    List<NodeView> keep() {
        return LoadBalancers.nodes(balancer).stream()
                .map(NodePlace::of)
                .map(place -> place.host() == null
                        ? NodeView.pending(place, LoadBalancerReason.AwaitingHost, "the node has no host yet")
                        : guarded(place, () -> {
                            var proxy = proxies.of(place);
                            return cleared(
                                    node(place, balancer.getStatus().vpcId()).keep(proxy), proxy);
                        }))
                .toList();
    }

    /** Takes all nodes away: what is waited for; empty when nothing is left. */
    Optional<Progress> remove() {
        return LoadBalancers.nodes(balancer).stream().map(NodePlace::of).map(this::remove).toList().stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private NodeView launch(NodePlace place, Subnet subnet, String vpcId) {
        return guarded(place, () -> {
            var proxy = proxies.of(place);
            return cleared(
                    node(place, vpcId).advance(new LocalRef(subnet.getMetadata().getName()), proxy), proxy);
        });
    }

    /** What a node used before, it may still read until it has answered. */
    private NodeView cleared(NodeView view, ProxySpec proxy) {
        if (view.progress().done()) {
            certificates.clear(view.place(), proxy);
            logs.clear(view.place(), proxy);
        } else {
            certificates.forget(view.place());
            logs.forget(view.place());
        }
        return view;
    }

    private Optional<Progress> remove(NodePlace place) {
        var waiting = new NodeRemoval(balancer, place, context, executor).advance();
        if (waiting.isEmpty()) {
            certificates.clear(place);
            logs.clear(place);
        }
        return waiting;
    }

    private List<NodeView> leave(LoadBalancerInputs inputs) {
        var wanted = inputs.subnets().stream().map(LoadBalancerInputs::subnetId).collect(Collectors.toSet());
        return LoadBalancers.nodes(balancer).stream()
                .filter(node -> !wanted.contains(node.subnetId()))
                .map(NodePlace::of)
                .flatMap(place -> remove(place).map(waiting -> NodeView.leaving(place, waiting)).stream())
                .toList();
    }

    /** What the API server refuses of one node, for example because the namespace of its host is gone, stops no other. */
    private NodeView guarded(NodePlace place, Supplier<NodeView> pass) {
        try {
            return pass.get();
        } catch (ActionFailedException e) {
            return NodeView.pending(
                    place, LoadBalancerReason.InternalError, Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    private NodeLaunch node(NodePlace place, String vpcId) {
        return new NodeLaunch(balancer, place, vpcId, context, executor);
    }

    private Optional<NodePlace> recorded(Subnet subnet) {
        return LoadBalancers.node(balancer, LoadBalancerInputs.subnetId(subnet))
                .filter(node -> node.host() != null)
                .map(NodePlace::of);
    }

    private Set<String> hosts() {
        return LoadBalancers.nodes(balancer).stream()
                .map(AvailabilityZone::host)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
