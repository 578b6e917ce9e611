package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.reconcile.identity.OwnerTag;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as it is wanted.
 *
 * @param id the AWS-shaped id of the appliance
 * @param owner the tag on its container
 * @param namespace the network namespace that it shares; it is there
 * @param image the container image's reference
 * @param spec what it does
 * @param files its files
 * @param before what was last said of its targets; null for nothing
 */
public record ProxyWish(
        String id,
        OwnerTag owner,
        String namespace,
        String image,
        ProxySpec spec,
        ProxyFiles files,
        @Nullable ProxyStatus before) {}
