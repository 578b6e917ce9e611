package io.minicloud.controller.address;

import io.minicloud.controller.ipam.AddressAllocator;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.reconcile.plan.Action;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Claims an address as a step of a plan; what came of it is read afterwards. */
final class ClaimAddress implements Action {
    private final AddressAllocator allocator;
    private final AddressRequest request;
    private final Predicate<String> isTaken;
    private @Nullable Resolution<String> result;

    ClaimAddress(AddressAllocator allocator, AddressRequest request, Predicate<String> isTaken) {
        this.allocator = allocator;
        this.request = request;
        this.isTaken = isTaken;
    }

    @Override
    public String describe() {
        return "claim " + (request.wanted() == null ? "an address" : request.wanted()) + " of " + request.rangeId();
    }

    @Override
    public void apply() {
        result = allocator.allocate(request, isTaken);
    }

    /** The address, or why there is none. */
    Resolution<String> result() {
        return Objects.requireNonNull(result, "the action was not run");
    }
}
