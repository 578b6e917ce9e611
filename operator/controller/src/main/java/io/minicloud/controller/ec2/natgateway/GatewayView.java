package io.minicloud.controller.ec2.natgateway;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.change.Progress;
import org.jspecify.annotations.Nullable;

/**
 * How far one pass over a gateway has come.
 *
 * @param inputs what it refers to
 * @param host its host; null: none was found
 * @param eni its network interface, which has its address; null: there is none yet
 * @param appliance the appliance on the host; null: there is none yet
 * @param accepted whether all that was asked for may be
 * @param progress what is waited for, or why it may not be
 */
record GatewayView(
        GatewayInputs inputs,
        @Nullable String host,
        @Nullable NetworkInterface eni,
        @Nullable HostAppliance appliance,
        boolean accepted,
        Progress progress) {}
