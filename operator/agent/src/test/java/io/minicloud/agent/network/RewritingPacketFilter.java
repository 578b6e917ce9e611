package io.minicloud.agent.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes rules otherwise than the renderer did, on their way to the kernel; as a whole, so that nothing of before remains. */
final class RewritingPacketFilter implements PacketFilter {
    private final PacketFilter kernel;
    private UnaryOperator<String> rewriting = UnaryOperator.identity();
    private boolean changed;
    private boolean stale;

    RewritingPacketFilter(PacketFilter kernel) {
        this.kernel = kernel;
    }

    /** From now on, rules are written so. */
    void rewriteBy(UnaryOperator<String> next) {
        rewriting = next;
        changed = false;
        stale = true;
    }

    /** Whether any rules were loaded that the renderer had not said so. */
    boolean hasChanged() {
        return changed;
    }

    @Override
    public Optional<String> listing(@Nullable String namespace, List<String> families) {
        return kernel.listing(namespace, families).map(listing -> stale ? "" : listing);
    }

    @Override
    public Set<String> tables(@Nullable String namespace) {
        return kernel.tables(namespace);
    }

    @Override
    public String normal(List<String> families, String ruleset) {
        return kernel.normal(families, rewriting.apply(ruleset));
    }

    @Override
    public void load(@Nullable String namespace, String ruleset) {
        var rewritten = rewriting.apply(ruleset);
        stale = false;
        changed |= !rewritten.equals(ruleset);
        kernel.load(namespace, rewritten);
    }
}
