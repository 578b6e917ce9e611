package io.minicloud.controller.ec2.instance;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.hostsecret.HostSecrets;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over an Instance that goes: first the machine, then what it used. */
final class InstanceTermination {
    private final Instance instance;
    private final Context<Instance> context;
    private final PlanExecutor executor;
    private final String namespace;

    InstanceTermination(Instance instance, Context<Instance> context, PlanExecutor executor) {
        this.instance = instance;
        this.context = context;
        this.executor = executor;
        this.namespace = instance.getMetadata().getNamespace();
    }

    /**
     * How far it has come.
     *
     * @param done whether nothing is left
     * @param message what is waited for
     * @param machine the machine, while it is there
     */
    record Step(boolean done, String message, @Nullable HostMachine machine) {}

    Step advance() {
        var machine = machine();
        if (machine.isPresent()) {
            run(deletion(machine.get()));
            return new Step(false, "The host stops the machine and removes it.", machine.get());
        }
        release();
        var children = children();
        children.forEach(child -> run(deletion(child)));
        if (!children.isEmpty()) {
            return new Step(false, "The network interfaces and the root volume go.", null);
        }
        removeUserData();
        return new Step(true, "", null);
    }

    /** A root volume that outlives its instance loses its owner before the owner goes. */
    private void release() {
        volume().filter(volume -> "Retain".equals(volume.getSpec().deletionPolicy()))
                .filter(volume -> !volume.isMarkedForDeletion())
                .ifPresent(volume -> run(Plan.of(new Release(context, InstancePlanner.released(volume)))));
    }

    private List<CustomResource<?, ?>> children() {
        var children = new ArrayList<CustomResource<?, ?>>();
        Cached.of(context, NetworkInterface.class)
                .find(namespace, InstancePlanner.interfaceName(instance))
                .filter(eni -> Derived.isChild(eni, instance))
                .ifPresent(children::add);
        children.addAll(new InstanceInterfaces(instance, context).deletedWith());
        volume().ifPresent(children::add);
        return children;
    }

    private Optional<Volume> volume() {
        return Cached.of(context, Volume.class)
                .find(namespace, InstancePlanner.volumeName(instance))
                .filter(volume -> Derived.isChild(volume, instance));
    }

    private Optional<HostMachine> machine() {
        return InstancePlanner.host(instance).flatMap(host -> Cached.of(context, HostMachine.class)
                .find(HostCandidates.namespace(host), InstancePlanner.instanceId(instance)));
    }

    private void removeUserData() {
        InstancePlanner.host(instance)
                .map(HostCandidates::namespace)
                .map(host -> new HostSecrets(context.getClient(), instance, host))
                .ifPresent(secrets -> run(secrets.removal(InstancePlanner.instanceId(instance), Set.of())));
    }

    private Plan deletion(CustomResource<?, ?> object) {
        return new Changes<CustomResource<?, ?>>(List.of(), object.isMarkedForDeletion() ? List.of() : List.of(object))
                .plan(new ContextObjectWriter(context));
    }

    private void run(Plan plan) {
        executor.execute(Indexes.key(instance), plan);
    }

    private record Release(Context<Instance> context, Volume volume) implements Action {
        @Override
        public String describe() {
            return "release Volume " + Indexes.key(volume);
        }

        @Override
        public void apply() {
            new ContextObjectWriter(context).apply(volume);
        }
    }
}
