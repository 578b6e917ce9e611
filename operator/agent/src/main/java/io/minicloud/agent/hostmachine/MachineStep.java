package io.minicloud.agent.hostmachine;

import io.minicloud.agent.hypervisor.Hypervisor;
import io.minicloud.agent.hypervisor.Hypervisor.Force;
import io.minicloud.agent.hypervisor.MachineDefinition;
import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import io.minicloud.agent.hypervisor.MachineNetworks;
import io.minicloud.agent.hypervisor.MachineNetworks.Scope;
import io.minicloud.agent.hypervisor.MachineNotes;
import io.minicloud.reconcile.plan.Action;

/** One thing to do with a machine, as a value. */
sealed interface MachineStep {
    /** Define it anew for its next start. */
    record Define(MachineDefinition definition) implements MachineStep {}

    /** Start it with its processors standing still. */
    record StartPaused() implements MachineStep {}

    /** Let its processors run. */
    record Resume() implements MachineStep {}

    /** Press its power button. */
    record PressPowerButton() implements MachineStep {}

    /** Ask its guest to start anew. */
    record RequestReboot() implements MachineStep {}

    /** Reset it or switch it off, without asking the guest. */
    record Forced(Force force) implements MachineStep {}

    /** Give it an interface. */
    record Attach(NetworkDevice network, Scope scope) implements MachineStep {}

    /** Let an interface of it pass packets. */
    record RaiseLink(NetworkDevice network) implements MachineStep {}

    /** Take an interface from it: if it runs, its guest is asked to let go. */
    record Detach(String interfaceName, Scope scope) implements MachineStep {}

    /** Remember something with it. */
    record Note(MachineNotes notes) implements MachineStep {}

    /** Forget it. */
    record Undefine() implements MachineStep {}

    /** Whether it concerns one interface only. */
    default boolean isOfOneInterface() {
        return this instanceof Attach || this instanceof RaiseLink || this instanceof Detach;
    }

    /** The step as an action on a machine. */
    default Action on(String machine, Hypervisor hypervisor, MachineNetworks networks) {
        return switch (this) {
            case Define(var definition) -> action("define " + machine, () -> hypervisor.define(definition));
            case StartPaused() -> action("start paused " + machine, () -> hypervisor.startPaused(machine));
            case Resume() -> action("resume " + machine, () -> hypervisor.resume(machine));
            case PressPowerButton() ->
                action("press power button of " + machine, () -> hypervisor.requestShutdown(machine));
            case RequestReboot() -> action("request reboot of " + machine, () -> hypervisor.requestReboot(machine));
            case Forced(var force) ->
                action("force " + force + " of " + machine, () -> hypervisor.force(machine, force));
            case Attach(var network, var scope) ->
                action(
                        "attach " + network.interfaceName() + " to " + machine + " " + scope,
                        () -> networks.attach(machine, network, scope));
            case RaiseLink(var network) ->
                action(
                        "raise the link of " + network.interfaceName() + " at " + machine,
                        () -> networks.setLink(machine, network));
            case Detach(var interfaceName, var scope) ->
                action(
                        "detach " + interfaceName + " from " + machine + " " + scope,
                        () -> networks.detach(machine, interfaceName, scope));
            case Note(var notes) -> action("note at " + machine, () -> hypervisor.note(machine, notes));
            case Undefine() -> action("undefine " + machine, () -> hypervisor.undefine(machine));
        };
    }

    private static Action action(String description, Runnable work) {
        return new Action() {
            @Override
            public String describe() {
                return description;
            }

            @Override
            public void apply() {
                work.run();
            }
        };
    }
}
