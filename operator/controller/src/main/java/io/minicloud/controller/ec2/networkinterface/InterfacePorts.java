package io.minicloud.controller.ec2.networkinterface;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.change.Blockers;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes the port of an interface. */
final class InterfacePorts {
    private final PlanExecutor executor;

    InterfacePorts(PlanExecutor executor) {
        this.executor = executor;
    }

    /** The host of the instance, NAT gateway or node that the interface is the primary one of. */
    static Optional<String> host(NetworkInterface eni, Context<NetworkInterface> context) {
        return instance(eni, context)
                .flatMap(AttachmentRules::host)
                .or(() -> natGateway(eni, context).flatMap(NatGateways::host))
                .or(() -> loadBalancer(eni, context).flatMap(balancer -> node(balancer, eni, context)));
    }

    /** Brings the port to where it should be and tells which ports there are then. */
    List<HostInterface> converge(
            NetworkInterface eni, @Nullable HostInterface desired, Context<NetworkInterface> context) {
        var changes = PortPlanner.plan(desired, observe(eni, desired, context), port -> isUsed(eni, port, context));
        executor.execute("NetworkInterface " + Indexes.key(eni), changes.plan(new ContextObjectWriter(context)));
        return observe(eni, desired, context);
    }

    /**
     * Removes every port, unless somebody uses the interface.
     *
     * @return what is waited for; empty when no port is left
     */
    Optional<Progress> remove(NetworkInterface eni, Context<NetworkInterface> context) {
        var user = user(eni, context).filter(found -> !found.isMarkedForDeletion());
        if (user.isPresent()) {
            return Optional.of(
                    Attachments.isPrimary(eni)
                            ? Progress.pending(
                                    NetworkInterfaceReason.DependencyViolation,
                                    Blockers.message(Blockers.names(List.of(user.get()))))
                            : Progress.pending(
                                    NetworkInterfaceReason.InvalidNetworkInterfaceInUse,
                                    "InvalidNetworkInterface.InUse: it is attached to Instance "
                                            + user.get().getMetadata().getName()
                                            + ": take spec.attachment out, or terminate the instance"));
        }
        return converge(eni, null, context).stream().findFirst().map(port -> removing(eni, port, context));
    }

    /**
     * Who keeps the interface from going: what made it, or the instance that it is bound to. A load balancer takes its nodes
     * away one by one; there only the appliance, which uses the port, must go first.
     */
    private static Optional<? extends CustomResource<?, ?>> user(
            NetworkInterface eni, Context<NetworkInterface> context) {
        return Attachments.isPrimary(eni)
                ? instance(eni, context)
                        .<CustomResource<?, ?>>map(instance -> instance)
                        .or(() -> natGateway(eni, context).filter(gateway -> Derived.isChild(eni, gateway)))
                : instance(eni, context).filter(instance -> Attachments.isKeptBy(instance, eni));
    }

    private static Progress removing(NetworkInterface eni, HostInterface port, Context<NetworkInterface> context) {
        var host = References.hostOf(port.getMetadata().getNamespace());
        return Progress.pending(
                NetworkInterfaceReason.RemovingPort,
                isUsed(eni, port, context)
                        ? "the machine or appliance on host " + host + " must go first"
                        : "host " + host + " is removing the port");
    }

    private static List<HostInterface> observe(
            NetworkInterface eni, @Nullable HostInterface desired, Context<NetworkInterface> context) {
        var cached = Cached.of(context, HostInterface.class);
        var ports = new LinkedHashMap<String, HostInterface>();
        Stream.concat(
                        cached.by(Indexes.OWNER_UID, eni.getMetadata().getUid()).stream(),
                        Stream.ofNullable(desired)
                                .flatMap(
                                        port -> cached
                                                .find(
                                                        port.getMetadata().getNamespace(),
                                                        port.getMetadata().getName())
                                                .stream()))
                .forEach(port -> ports.put(Indexes.key(port), port));
        return List.copyOf(ports.values());
    }

    /** Whether the interface has a port anywhere. */
    static boolean hasPort(NetworkInterface eni, Context<NetworkInterface> context) {
        return !observe(eni, null, context).isEmpty();
    }

    /** Whether the machine of the instance that the interface is bound to says that it has it. */
    static boolean isTaken(NetworkInterface eni, Context<NetworkInterface> context) {
        return observe(eni, null, context).stream().anyMatch(port -> machine(eni, port, context)
                .filter(machine -> MachinePorts.isTaken(machine, name(port)))
                .isPresent());
    }

    /** Until the machine has let go of it, whatever is planned for it by now. */
    private static boolean isUsed(NetworkInterface eni, HostInterface port, Context<NetworkInterface> context) {
        return machine(eni, port, context)
                        .filter(machine -> !MachinePorts.hasLetGo(machine, name(port)))
                        .isPresent()
                || isNamed(port, context);
    }

    /** The machine of the instance that the interface is bound to, on the host of a port. */
    private static Optional<HostMachine> machine(
            NetworkInterface eni, HostInterface port, Context<NetworkInterface> context) {
        return Attachments.recorded(eni)
                .filter(attachment -> !Attachments.STATUS_DETACHED.equals(attachment.status()))
                .flatMap(attachment -> Cached.of(context, HostMachine.class)
                        .find(port.getMetadata().getNamespace(), attachment.instanceId()));
    }

    private static String name(HostInterface port) {
        return port.getMetadata().getName();
    }

    private static boolean isNamed(HostInterface port, Context<NetworkInterface> context) {
        return !Cached.of(context, HostMachine.class)
                        .by(Indexes.HOST_INTERFACE, Indexes.key(port))
                        .isEmpty()
                || !Cached.of(context, HostAppliance.class)
                        .by(Indexes.HOST_INTERFACE, Indexes.key(port))
                        .isEmpty();
    }

    /** The instance that the interface is attached to. */
    static Optional<Instance> instance(NetworkInterface eni, Context<NetworkInterface> context) {
        return Optional.ofNullable(eni.getSpec().attachment())
                .flatMap(attachment -> Optional.ofNullable(attachment.instanceRef()))
                .flatMap(ref -> Cached.of(context, Instance.class)
                        .find(eni.getMetadata().getNamespace(), ref.name()));
    }

    /** What makes interfaces for itself and is what this one says it is attached to. */
    static Optional<Requester> requester(NetworkInterface eni, Context<NetworkInterface> context) {
        return natGateway(eni, context).map(Requester::of).or(() -> loadBalancer(eni, context)
                .map(Requester::of));
    }

    private static Optional<LoadBalancer> loadBalancer(NetworkInterface eni, Context<NetworkInterface> context) {
        return LoadBalancers.nameOf(eni).flatMap(name -> Cached.of(context, LoadBalancer.class)
                .find(eni.getMetadata().getNamespace(), name));
    }

    /** The host of the node that a load balancer has in the subnet of the interface. */
    private static Optional<String> node(
            LoadBalancer balancer, NetworkInterface eni, Context<NetworkInterface> context) {
        return Cached.of(context, Subnet.class)
                .find(
                        eni.getMetadata().getNamespace(),
                        eni.getSpec().subnetRef().name())
                .map(subnet -> AwsId.of("subnet", subnet.getMetadata().getUid()))
                .flatMap(subnetId -> LoadBalancers.node(balancer, subnetId))
                .map(LoadBalancerStatus.AvailabilityZone::host);
    }

    /** The NAT gateway that the interface says it is attached to. */
    static Optional<NatGateway> natGateway(NetworkInterface eni, Context<NetworkInterface> context) {
        return NatGateways.nameOf(eni).flatMap(name -> Cached.of(context, NatGateway.class)
                .find(eni.getMetadata().getNamespace(), name));
    }
}
