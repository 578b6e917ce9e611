package io.minicloud.controller.elbv2.loadbalancer;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Labels;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.Address;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.api.host.DnsRecord;
import io.minicloud.api.host.DnsRecordSpec;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.loadbalancing.ZoneHealth;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The DNS name of a load balancer, for which every host answers with the addresses of the nodes that are well. */
final class LoadBalancerName {
    private final LoadBalancer balancer;
    private final Context<LoadBalancer> context;
    private final PlanExecutor executor;

    LoadBalancerName(LoadBalancer balancer, Context<LoadBalancer> context, PlanExecutor executor) {
        this.balancer = balancer;
        this.context = context;
        this.executor = executor;
    }

    /**
     * Lets the name lead to the nodes that are well.
     *
     * @param status what is known of the load balancer now
     * @param lostHosts the hosts that nothing is heard of
     */
    void publish(LoadBalancerStatus status, Set<String> lostHosts) {
        var health = new ZoneHealth(balancer, Estate.of(balancer.getMetadata().getNamespace(), context));
        var addresses = addresses(AnsweringNodes.of(status.availabilityZones(), lostHosts, health::isHealthy));
        var name = status.dnsName();
        change(name, addresses.isEmpty() ? List.of() : List.of(record(name, addresses)));
    }

    /** Nobody answers for the name any more. */
    void withdraw() {
        Optional.ofNullable(balancer.getStatus())
                .map(LoadBalancerStatus::dnsName)
                .ifPresent(name -> change(name, List.of()));
    }

    private void change(String name, List<DnsRecord> desired) {
        var observed = Cached.of(context, DnsRecord.class).find(Labels.FABRIC_NAMESPACE, name).stream()
                .toList();
        executor.execute(
                "LoadBalancer " + Indexes.key(balancer),
                Changes.between(desired, observed).plan(new ContextObjectWriter(context)));
    }

    private DnsRecord record(String name, List<String> addresses) {
        var made = new DnsRecord();
        made.setMetadata(Derived.onHost(balancer, Labels.FABRIC_NAMESPACE, name));
        made.setSpec(new DnsRecordSpec(addresses));
        return made;
    }

    /** Public ones also within the VPC, as on AWS. */
    private List<String> addresses(List<AvailabilityZone> nodes) {
        return nodes.stream()
                .flatMap(node -> node.loadBalancerAddresses().stream())
                .map(LoadBalancers.isInternetFacing(balancer) ? Address::ipAddress : Address::privateIPv4Address)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }
}
