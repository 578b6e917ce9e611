package io.minicloud.controller.ec2.natgateway;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.List;
import java.util.Optional;

/** One pass over a gateway that goes: first the appliance, then the network interface that it used. */
final class NatGatewayRemoval {
    private final NatGateway gateway;
    private final Context<NatGateway> context;
    private final PlanExecutor executor;

    NatGatewayRemoval(NatGateway gateway, Context<NatGateway> context, PlanExecutor executor) {
        this.gateway = gateway;
        this.context = context;
        this.executor = executor;
    }

    /** What is waited for; empty when nothing is left. */
    Optional<Progress> advance() {
        var appliance = appliance();
        if (appliance.isPresent()) {
            delete(appliance.get());
            return Optional.of(Progress.pending(
                    NatGatewayReason.RemovingAppliance,
                    "host " + NatGateways.host(gateway).orElseThrow() + " is removing the appliance"));
        }
        return eni().map(eni -> {
            delete(eni);
            return Progress.pending(
                    NatGatewayReason.RemovingNetworkInterface,
                    "NetworkInterface " + eni.getMetadata().getName() + " goes");
        });
    }

    private Optional<HostAppliance> appliance() {
        return NatGateways.host(gateway).flatMap(host -> Cached.of(context, HostAppliance.class)
                .find(References.hostNamespace(host), NatGateways.id(gateway)));
    }

    private Optional<NetworkInterface> eni() {
        return Cached.of(context, NetworkInterface.class)
                .find(gateway.getMetadata().getNamespace(), NatGatewayPlanner.interfaceName(gateway))
                .filter(eni -> Derived.isChild(eni, gateway));
    }

    private void delete(CustomResource<?, ?> object) {
        executor.execute(
                "NatGateway " + Indexes.key(gateway),
                Changes.<CustomResource<?, ?>>between(List.of(), List.of(object))
                        .plan(new ContextObjectWriter(context)));
    }
}
