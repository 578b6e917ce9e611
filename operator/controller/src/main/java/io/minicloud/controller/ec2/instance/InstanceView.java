package io.minicloud.controller.ec2.instance;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.controller.change.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass learned of an instance.
 *
 * @param accountId the account, null when the namespace is none
 * @param inputs what the instance refers to, null when something of it is missing
 * @param accepted whether the spec is accepted, and why not
 * @param programmed whether the host objects are as planned, and what is waited for
 * @param eni the network interface, null when there is none yet
 * @param bound the interfaces that are bound to it, null when that is not known
 * @param machine the machine, null when there is none yet
 */
record InstanceView(
        @Nullable String accountId,
        @Nullable InstanceInputs inputs,
        Progress accepted,
        Progress programmed,
        @Nullable NetworkInterface eni,
        @Nullable List<NetworkInterface> bound,
        @Nullable HostMachine machine) {
    /** The same with another word on acceptance. */
    InstanceView withAccepted(Progress other) {
        return new InstanceView(accountId, inputs, other, programmed, eni, bound, machine);
    }
}
