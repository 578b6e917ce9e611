package io.minicloud.controller.ipam;

import java.util.Collection;
import java.util.stream.Stream;

/**
 * Addresses of which some are not chosen for anybody; whoever wants a certain one may have it.
 *
 * @param addresses all of them
 * @param spared those that are not chosen
 */
public record Without(Addresses addresses, Collection<String> spared) implements Addresses {
    @Override
    public Stream<String> all() {
        return addresses.all().filter(address -> !spared.contains(address));
    }

    @Override
    public boolean contains(long address) {
        return addresses.contains(address);
    }

    @Override
    public boolean isReserved(long address) {
        return addresses.isReserved(address);
    }

    @Override
    public IpamReason exhausted() {
        return addresses.exhausted();
    }

    @Override
    public String describe() {
        return addresses.describe();
    }
}
