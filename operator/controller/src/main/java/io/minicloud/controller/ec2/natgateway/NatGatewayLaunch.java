package io.minicloud.controller.ec2.natgateway;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.host.HostsOfVpc;
import io.minicloud.controller.ipam.IpamReason;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.placement.AppliancePlacement;
import io.minicloud.controller.placement.Decision;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.condition.ConditionType;
import io.minicloud.reconcile.condition.Conditions;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over a gateway that may be: as far as it gets, and what is waited for. */
final class NatGatewayLaunch {
    private final NatGateway gateway;
    private final GatewayInputs inputs;
    private final Context<NatGateway> context;
    private final PlanExecutor executor;
    private final String namespace;

    NatGatewayLaunch(NatGateway gateway, GatewayInputs inputs, Context<NatGateway> context, PlanExecutor executor) {
        this.gateway = gateway;
        this.inputs = inputs;
        this.context = context;
        this.executor = executor;
        this.namespace = gateway.getMetadata().getNamespace();
    }

    /** The host is written before anything is made there: it stays, whatever becomes of this controller. */
    GatewayView advance(HostCandidates candidates) {
        return NatGateways.host(gateway).map(this::children).orElseGet(() -> place(candidates));
    }

    private GatewayView place(HostCandidates candidates) {
        return switch (AppliancePlacement.choose(
                inputs.zone(), candidates.all(context), HostsOfVpc.of(inputs.vpc(), context), Set.of())) {
            case Decision.Placed(String host) -> pending(host, NatGatewayReason.RecordingHost, "the gateway follows");
            case Decision.NoRoom(String message) -> pending(null, NatGatewayReason.InsufficientHostCapacity, message);
        };
    }

    private GatewayView children(String host) {
        var desired = NatGatewayPlanner.networkInterface(gateway);
        var before = eni();
        if (before.filter(found -> !Derived.isChild(found, gateway)).isPresent()) {
            return pending(
                    host,
                    NatGatewayReason.NameTaken,
                    "NetworkInterface %s exists and does not belong to this gateway: delete it, or name the gateway otherwise"
                            .formatted(desired.getMetadata().getName()));
        }
        apply(desired, before.orElse(null));
        var eni = eni().orElse(desired);
        if (isAddressed(eni)) {
            return appliance(host, eni);
        }
        return Conditions.find(eni.getStatus(), ConditionType.ACCEPTED)
                .filter(accepted -> accepted.status().equals("False"))
                .map(accepted -> new GatewayView(inputs, host, null, null, false, refusal(accepted)))
                .orElseGet(() ->
                        pending(host, NatGatewayReason.NetworkInterfacePending, what(eni) + " has no address yet"));
    }

    /** What keeps the interface from its address keeps the gateway from it too. */
    private static Progress refusal(Condition accepted) {
        Enum<?> reason = Arrays.stream(IpamReason.values())
                .filter(known -> known.name().equals(accepted.reason()))
                .findFirst()
                .<Enum<?>>map(known -> known)
                .orElse(NatGatewayReason.NetworkInterfaceNotAccepted);
        return Progress.pending(reason, accepted.message());
    }

    private GatewayView appliance(String host, NetworkInterface eni) {
        var desired = NatGatewayPlanner.appliance(
                gateway, host, inputs.vpc(), eni.getStatus().networkInterfaceId());
        apply(desired, appliance(desired));
        var observed = appliance(desired);
        return new GatewayView(inputs, host, eni, observed, true, progress(eni, desired, observed));
    }

    private Progress progress(NetworkInterface eni, HostAppliance desired, @Nullable HostAppliance observed) {
        var unassociated = inputs.eip().filter(eip -> eni.getStatus().association() == null);
        if (unassociated.isPresent()) {
            return Progress.pending(
                    NatGatewayReason.ElasticIpPending,
                    "ElasticIp " + unassociated.get().getMetadata().getName() + " is not associated yet");
        }
        if (!Conditions.isTrue(eni, ConditionType.PROGRAMMED)) {
            return Progress.pending(NatGatewayReason.NetworkInterfacePending, what(eni) + ": " + Derived.why(eni));
        }
        return Derived.programmed(observed, desired)
                ? Progress.done(NatGatewayReason.Programmed, "")
                : Progress.pending(
                        NatGatewayReason.AwaitingHost,
                        Derived.why(desired.getMetadata().getNamespace(), observed));
    }

    private static boolean isAddressed(NetworkInterface eni) {
        var status = eni.getStatus();
        return status != null && status.networkInterfaceId() != null && status.privateIpAddress() != null;
    }

    private static String what(NetworkInterface eni) {
        return "NetworkInterface " + eni.getMetadata().getName();
    }

    private Optional<NetworkInterface> eni() {
        return Cached.of(context, NetworkInterface.class).find(namespace, NatGatewayPlanner.interfaceName(gateway));
    }

    private @Nullable HostAppliance appliance(HostAppliance desired) {
        var meta = desired.getMetadata();
        return Cached.of(context, HostAppliance.class)
                .find(meta.getNamespace(), meta.getName())
                .orElse(null);
    }

    private <R extends CustomResource<?, ?>> void apply(R desired, @Nullable R present) {
        var observed = present == null ? List.<R>of() : List.of(present);
        executor.execute(
                "NatGateway " + Indexes.key(gateway),
                Changes.between(List.of(desired), observed).plan(new ContextObjectWriter(context)));
    }

    private GatewayView pending(@Nullable String host, NatGatewayReason reason, String message) {
        return new GatewayView(inputs, host, null, null, true, Progress.pending(reason, message));
    }
}
